package io.cesync.state;

import io.cesync.settings.TableName;
import io.cesync.yaml.Binder;
import io.cesync.yaml.Problems;
import io.cesync.yaml.ScalarType;
import io.cesync.yaml.ScalarTypes;
import io.cesync.yaml.YamlWriter;
import io.cesync.yaml.Yamls;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** State as text and back. */
final class StateText {
  private static final ScalarTypes TYPES =
      ScalarTypes.basic()
          .with(
              TableName.class,
              ScalarType.of("keyspace.table", TableName::parse, TableName::toString))
          .with(Ranges.class, ScalarType.of("ranges", Ranges::parse, Ranges::toString));

  private static final String HEADER =
      """
      # How far cesync is. The daemon writes this file; read it with ./run.sh status.
      # Don't edit it while the daemon runs. To copy a table anew, stop the daemon and remove the table's
      # entry here (or this file, for all tables). Times are UTC.
      #
      # snapshot      the first full copy: which token ranges are done, and from where changes are followed
      # position      every change before it has reached the other side
      # counts        changes since this file began; dead_letters were refused for good, unconfirmed were
      #               passed though the row never showed them, late were found by a sweep only,
      #               refused_counters were changed in a document, and put right again
      # dead_letters_now  those that there are: ./run.sh dead-letters
      # lag_ms        from a write to its being acknowledged by the other side
      # verified      how comparing a table with its index ended last (verify in the settings)
      """;

  /** The last line: without it a file that was cut off could pass for one with fewer tables. */
  private static final String END = "# end";

  private StateText() {}

  static String write(State state) {
    return HEADER + new YamlWriter(TYPES).write(state) + END + "\n";
  }

  static Map<String, Object> tree(Record part) {
    return new YamlWriter(TYPES).tree(part);
  }

  /** The state; throws a {@link StateException} that lists every problem. */
  static State read(String text, String file) {
    Problems problems = new Problems(file);
    Optional<Node> node = Yamls.compose(text, problems);
    OptionalLong format = node.map(StateText::format).orElse(OptionalLong.empty());
    if (format.isPresent() && format.getAsLong() > State.FORMAT) {
      throw new StateException(
          "%s has format %d, written by a newer cesync; this one reads format %d. Run the newer version, or name another state_file to copy all tables anew."
              .formatted(file, format.getAsLong(), State.FORMAT));
    }
    Binder binder = new Binder(TYPES, UnaryOperator.identity(), Map.of(), problems);
    Optional<State> state = node.flatMap(n -> binder.bind(n, State.class));
    if (format.isPresent() && format.getAsLong() != State.FORMAT) {
      problems.add("format: must be " + State.FORMAT);
    }
    if (!text.stripTrailing().endsWith("\n" + END)) {
      problems.add("it is cut off: its last line must be \"" + END + "\"");
    }
    problems
        .message()
        .ifPresent(
            message -> {
              throw new StateException(
                  message
                      + "\nNothing was changed. Put back a good copy of the file, or remove it to copy all tables anew.");
            });
    return state.orElseThrow();
  }

  private static OptionalLong format(Node node) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && key.getValue().equals("format")
            && tuple.getValueNode() instanceof ScalarNode value
            && value.getValue().matches("[0-9]{1,9}")) {
          return OptionalLong.of(Long.parseLong(value.getValue()));
        }
      }
    }
    return OptionalLong.empty();
  }
}
