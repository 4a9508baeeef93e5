package io.cesync.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's guide as commands. Each fenced block is one of
 *
 * <ul>
 *   <li>{@code sh}, run in one terminal session; {@code sh exit=1} must end with 1, the others with
 *       0
 *   <li>{@code cql}, run as cqlsh would, in a session of a superuser
 *   <li>{@code console}, not run: each line is known to {@link GuideTest} with the reason
 *   <li>{@code text}, right after {@code sh} or {@code cql}: what their output must show
 * </ul>
 *
 * @param prose the guide without its blocks
 */
record Guide(List<Block> blocks, String prose) {
  static final Path PATH = Path.of("../docs/OPERATING.md");

  private static final Set<String> COMMANDS = Set.of("sh", "cql", "console");
  private static final Pattern FENCE = Pattern.compile("```(\\w*)(?: exit=(\\d+))?");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern METRIC = Pattern.compile("cesync_(?!ahead)[a-z0-9_]+");
  private static final Pattern COMMAND =
      Pattern.compile("(/opt/cesync/run\\.sh|\\./run\\.sh|nodetool|curl|cqlsh|systemctl) .*");

  static Guide read() throws IOException {
    return of(Files.readString(PATH));
  }

  static Guide of(String markdown) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder prose = new StringBuilder();
    List<String> lines = markdown.lines().toList();
    String section = "";
    int blockEnd = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("```")) {
        section = line.startsWith("#") ? line.replaceFirst("#+ ", "") : section;
        blockEnd = line.isBlank() ? blockEnd : -1;
        prose.append(line).append('\n');
        continue;
      }
      int end = lines.subList(i + 1, lines.size()).indexOf("```") + i + 1;
      Matcher fence = FENCE.matcher(line);
      if (end == i || !fence.matches()) {
        throw new IllegalArgumentException("line " + (i + 1) + ": not a block: " + line);
      }
      String text = String.join("\n", lines.subList(i + 1, end));
      int last = blocks.size() - 1;
      if (fence.group(1).equals("text") && blockEnd >= 0) {
        blocks.set(last, blocks.get(last).withOutput(text));
        blockEnd = -1;
      } else if (COMMANDS.contains(fence.group(1))) {
        int code = fence.group(2) == null ? 0 : Integer.parseInt(fence.group(2));
        blocks.add(new Block(i + 1, section, fence.group(1), code, text, List.of()));
        blockEnd = fence.group(1).equals("console") ? -1 : end;
      } else {
        throw new IllegalArgumentException(
            "line " + (i + 1) + ": neither a command nor one's output: " + line);
      }
      i = end;
    }
    return new Guide(List.copyOf(blocks), prose.toString());
  }

  Stream<Block> blocks(String language) {
    return blocks.stream().filter(block -> block.language().equals(language));
  }

  /** Names of metrics, wherever they stand. */
  List<String> metrics() {
    String all = prose + blocks.stream().map(Block::text).collect(Collectors.joining("\n"));
    return METRIC.matcher(all).results().map(MatchResult::group).distinct().toList();
  }

  /** What the prose says in backquotes. */
  List<String> codes() {
    return CODE.matcher(prose).results().map(result -> result.group(1)).toList();
  }

  /** Those of them that are commands to be typed. */
  List<String> commandsInProse() {
    return codes().stream().filter(code -> COMMAND.matcher(code).matches()).toList();
  }

  /** The code of the first column of the table below a headline. */
  List<String> firstColumn(String headline) {
    String below = prose.substring(prose.indexOf("# " + headline + "\n"));
    Pattern row = Pattern.compile("(?m)^\\|([^|]*)\\|");
    return row.matcher(below.split("\n#", 2)[0])
        .results()
        .map(result -> result.group(1))
        .flatMap(cell -> CODE.matcher(cell).results())
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
