package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  @TempDir private Path root;
  private Cache cache;
  private final AtomicInteger fills = new AtomicInteger();

  @BeforeEach
  void makeCache() {
    cache = new Cache(root);
  }

  @Test
  void fillsOnce() {
    Path first = cache.folder("a", good -> true, this::fill);
    assertThat(cache.folder("a", good -> true, this::fill)).isEqualTo(first);
    assertThat(first.resolve("file")).hasContent("1");
  }

  @Test
  void fillsAgainWhatIsNoLongerGood() {
    cache.folder("a", good -> true, this::fill);
    Path again = cache.folder("a", good -> false, this::fill);
    assertThat(again.resolve("file")).hasContent("2");
  }

  @Test
  void aFailedFillLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                cache.folder(
                    "a",
                    good -> true,
                    partial -> {
                      fill(partial);
                      throw new ServerStartException("no network");
                    }))
        .hasMessage("no network");
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(cache.folder("a", good -> true, this::fill).resolve("file")).hasContent("2");
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "a.lock");
    }
  }

  @Test
  void threadsWaitForTheFirst() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Path> get = () -> cache.folder("a", good -> true, this::fill);
      List<Future<Path>> results = threads.invokeAll(Stream.generate(() -> get).limit(8).toList());
      for (Future<Path> result : results) {
        assertThat(result.get().resolve("file")).hasContent("1");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void waitsForAnotherJvm() throws Exception {
    Process other = OtherFiller.start(root, "a");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Path> mine = thread.submit(() -> cache.folder("a", good -> true, this::fill));
      assertThatThrownBy(() -> mine.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.getOutputStream().close();
      assertThat(mine.get().resolve("file")).hasContent("of the other JVM");
      assertThat(fills).hasValue(0);
    } finally {
      thread.shutdownNow();
      other.destroyForcibly();
    }
  }

  private void fill(Path partial) throws IOException {
    assertThat(partial).isEmptyDirectory();
    Files.writeString(partial.resolve("file"), Integer.toString(fills.incrementAndGet()));
  }
}
