package io.cesync.local;

import java.util.List;
import java.util.Map;

/** Starts a server as a child process; its output goes to the folder's {@code console.log}. */
record ChildLaunch(NodeFolder folder, List<String> command, Map<String, String> environment)
    implements Launch {
  @Override
  public ServerProcess start() {
    return ChildProcess.start(command, folder.path(), environment, folder.console());
  }

  @Override
  public void answered() {
    Children.tellWatchdog();
  }

  @Override
  public void dispose() {
    // A process leaves nothing outside its folder.
  }
}
