package io.cesync.verify;

import io.cesync.UserError;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.inspect.TableFacts;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.settings.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Where comparing a table begins: with nothing done, or where an interrupted one was. */
record Beginning(
    SearchClient client,
    TableFacts facts,
    ProgressFile file,
    Clock clock,
    Watcher watcher,
    boolean scheduled) {

  /** What to go on with. */
  Course course(Options options) throws IOException {
    Optional<Progress> kept = file.load();
    if (!options.resume()) {
      kept.filter(progress -> progress.result() == null).ifPresent(this::dropped);
      return begin(options);
    }
    if (kept.isEmpty()) {
      tell("there is nothing to go on with, so this begins anew");
      return begin(options);
    }
    Progress progress = kept.get();
    int parts = options.sample().map(Beginning::parts).orElse(progress.parts());
    if (!about().equals(progress.about()) || parts != progress.parts()) {
      tell(
          "what was compared before was of other settings, another table or another index, so this begins anew");
      return begin(options);
    }
    try {
      Course course = new Course(progress, file, facts.mapping().keys(), clock, watcher);
      tell("going on with the comparison that began at %s".formatted(progress.begun()));
      return course;
    } catch (InvalidKeyException | IllegalArgumentException e) {
      tell("what was compared before can't be read, so this begins anew");
      return begin(options);
    }
  }

  private void dropped(Progress progress) {
    tell(
        "the comparison that began at %s and was interrupted is dropped; --resume would have gone on with it"
            .formatted(progress.begun()));
  }

  /** The daemon goes on by itself, and needn't say so. */
  private void tell(String line) {
    if (!scheduled) {
      watcher.say(line);
    }
  }

  private Course begin(Options options) throws IOException {
    int parts = options.sample().map(Beginning::parts).orElse(Parts.ALL);
    Random random = new Random();
    Progress progress =
        new Progress(
            about(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            parts,
            Parts.sample(parts, random).toString(),
            Parts.sample(parts, random).toString(),
            shards(),
            0,
            0,
            List.of(),
            Map.of(),
            false,
            null);
    try {
      return new Course(progress, file, facts.mapping().keys(), clock, watcher);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key where there is none", e);
    }
  }

  private static int parts(double percent) {
    return Math.max(1, (int) Math.round(percent / 100 * Parts.ALL));
  }

  /** Taken before the index is refreshed, so that all up to these numbers can be found. */
  private Map<Integer, Long> shards() throws IOException {
    return new Indices(client).sequenceNumbers(facts.settings().index());
  }

  /** Whether documents have been written since. */
  boolean isWrittenTo(Course course) throws IOException {
    return !shards().equals(course.shards());
  }

  /** All that the meaning of a progress depends on, in short. */
  private String about() {
    String all =
        List.of(
                facts.settings().toString(),
                facts.tableId().toString(),
                facts.index().uuid(),
                facts.mapping().columns().toString())
            .toString();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Fails if another index stands behind the name by now.
   *
   * @throws UserError that says so
   */
  void requireSameIndex() throws IOException {
    TableName table = facts.settings().table();
    boolean same =
        new Indices(client)
            .find(facts.settings().index())
            .map(index -> index.uuid().equals(facts.index().uuid()))
            .orElse(false);
    if (!same) {
      file.delete();
      throw new UserError(
          "%s can't be compared: its index was replaced meanwhile. Compare it again."
              .formatted(table));
    }
  }
}
