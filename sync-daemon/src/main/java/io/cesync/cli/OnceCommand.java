package io.cesync.cli;

import picocli.CommandLine.Command;

/** {@code once}: brings over what there is, and ends. */
@Command(
    name = "once",
    mixinStandardHelpOptions = true,
    description = "Syncs until nothing is left of what was written before it began, then exits.")
final class OnceCommand extends RunCommand {
  @Override
  public Integer call() throws InterruptedException {
    return once();
  }
}
