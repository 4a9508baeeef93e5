package io.cesync.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells what is wrong with the rows of one history whenever both sides agree. */
final class Judge {
  private final long seed;
  private final int firstKey;
  private final int keys;
  private final Setup setup;
  private final Map<Integer, Cells> before = new HashMap<>();
  private final Map<Integer, Long> newest = new HashMap<>();
  private long agreedAt;

  Judge(long seed, int firstKey, int keys, Setup setup) {
    this.seed = seed;
    this.firstKey = firstKey;
    this.keys = keys;
    this.setup = setup;
  }

  /** As {@link TwoWayHistory#first}. */
  List<String> first(
      Map<Integer, Cells> rows, List<Op> rowOps, Map<Integer, JsonNode> documents, long beganAt) {
    long now = TwoWayPair.micros();
    List<String> problems = new ArrayList<>();
    for (int key = firstKey; key < firstKey + keys; key++) {
      FirstSync sync = FirstSync.of(setup.shape(), of(key, rowOps), documents.get(key));
      Cells after = rows.getOrDefault(key, Cells.NONE);
      String text = "seed %d, key %d%n%s%nafter %s%n".formatted(seed, key, sync, after);
      for (String field : fields(sync.ofRow(), sync.document().keySet(), after)) {
        sync.judge(field, after).ifPresent(wrong -> problems.add(text + wrong));
      }
      before.put(key, after);
      newest.put(key, sync.newestAfter(now));
    }
    agreedAt = beganAt;
    return problems;
  }

  /** As {@link TwoWayHistory#agreed}. */
  List<String> agreed(
      Map<Integer, Cells> rows,
      List<Op> rowOps,
      List<Op> documentOps,
      long beganAt,
      boolean disturbed) {
    long now = TwoWayPair.micros();
    List<String> problems = new ArrayList<>();
    for (int key = firstKey; key < firstKey + keys; key++) {
      Phase phase =
          new Phase(
              before.getOrDefault(key, Cells.NONE),
              newest.getOrDefault(key, 0L),
              agreedAt,
              now,
              disturbed,
              setup.dating(),
              of(key, rowOps),
              of(key, documentOps));
      Cells after = rows.getOrDefault(key, Cells.NONE);
      String text = text(phase, key, after, disturbed);
      List<Op> ops = new ArrayList<>(phase.ofRow());
      ops.addAll(phase.ofDocument());
      for (String field : fields(ops, phase.before().byField().keySet(), after)) {
        phase.judge(field, after).ifPresent(wrong -> problems.add(text + wrong));
      }
      before.put(key, after);
      newest.put(key, phase.newestAfter());
    }
    agreedAt = beganAt;
    return problems;
  }

  private static Set<String> fields(List<Op> ops, Set<String> before, Cells after) {
    Set<String> fields = new TreeSet<>(before);
    fields.addAll(after.byField().keySet());
    ops.forEach(op -> fields.addAll(op.change().values().keySet()));
    fields.removeIf(Column::isOrder);
    return fields;
  }

  private String text(Phase phase, int key, Cells after, boolean disturbed) {
    List<Op> ops = new ArrayList<>(phase.ofRow());
    ops.addAll(phase.ofDocument());
    ops.sort((one, other) -> Long.compare(one.start(), other.start()));
    return "seed %d, key %d%s%nbefore %s%n%s%nafter %s%n"
        .formatted(
            seed,
            key,
            disturbed ? ", disturbed" : "",
            phase.before(),
            String.join("\n", ops.stream().map(Op::toString).toList()),
            after);
  }

  private static List<Op> of(int key, List<Op> ops) {
    return ops.stream().filter(op -> op.key() == key).toList();
  }
}
