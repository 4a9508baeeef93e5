package io.cesync.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cesync.UserError;
import io.cesync.deadletter.Requests.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {

  @TempDir Path directory;

  private Requests requests() {
    return new Requests(directory.resolve("state.yaml"));
  }

  @Test
  void requestsAreTakenOnce() {
    Request one = new Request("shop.t", "{\"k\":\"ä\"}", false);
    Request all = new Request("shop.t", null, true);
    Path file = requests().ask(one);
    requests().ask(all);
    assertThat(file).exists();
    assertThat(requests().take()).containsExactlyInAnyOrder(one, all);
    assertThat(file).doesNotExist();
    assertThat(requests().take()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void othersFilesStayAndGarbageGoes() throws IOException {
    Path draft = Files.writeString(directory.resolve("state.yaml.letters-1.tmp"), "{");
    Path state = Files.writeString(directory.resolve("state.yaml"), "");
    Path garbage = Files.writeString(directory.resolve("state.yaml.letters-2"), "no JSON");
    assertThat(requests().take()).isEmpty();
    assertThat(garbage).doesNotExist();
    assertThat(draft).exists();
    assertThat(state).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNamed() {
    Path gone = directory.resolve("gone");
    assertThatThrownBy(
            () -> new Requests(gone.resolve("state.yaml")).ask(new Request("shop.t", null, false)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(gone.toString());
    assertThat(new Requests(gone.resolve("state.yaml")).take()).isEmpty();
  }
}
