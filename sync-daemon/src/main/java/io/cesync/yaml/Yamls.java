package io.cesync.yaml;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Text to YAML nodes. */
public final class Yamls {
  private static final int LARGEST_FILE = 64 << 20;

  private Yamls() {}

  /**
   * The only document of a text; empty if there is none or it isn't YAML, which is then a problem.
   */
  public static Optional<Node> compose(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST_FILE);
    try {
      Optional<Node> node = Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
      if (node.isEmpty()) {
        problems.add("it is empty");
      }
      return node;
    } catch (MarkedYAMLException e) {
      // Not the exception's own message: that quotes the file, and with it perhaps a password.
      String context = e.getContext() == null ? "" : e.getContext() + ", ";
      problems.add(e.getProblemMark(), "", "not valid YAML: " + context + e.getProblem());
      return Optional.empty();
    } catch (YAMLException e) {
      problems.add("not valid YAML: " + e.getMessage());
      return Optional.empty();
    }
  }
}
