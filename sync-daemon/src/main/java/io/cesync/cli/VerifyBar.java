package io.cesync.cli;

import io.cesync.verify.Watcher;
import java.util.List;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far comparing a table is: a bar on a terminal, and what should be known as lines. */
final class VerifyBar implements Watcher, AutoCloseable {

  private final String table;
  private final Consumer<List<String>> lines;
  private ProgressBar bar;

  VerifyBar(String table, Consumer<List<String>> lines) {
    this.table = table;
    this.lines = lines;
  }

  @Override
  public synchronized void done(int parts, int of) {
    if (!Boolean.getBoolean("cesync.terminal")) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(table)
              .setInitialMax(of)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }
    bar.stepTo(parts);
    bar.setExtraMessage(parts == of ? " looking again at what differed" : "");
  }

  @Override
  public synchronized void say(String line) {
    lines.accept(List.of(table + ": " + line));
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
