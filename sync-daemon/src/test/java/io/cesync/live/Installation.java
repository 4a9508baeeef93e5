package io.cesync.live;

import io.cesync.daemon.Connections;
import io.cesync.document.Indices;
import io.cesync.install.Installer;
import io.cesync.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What the command {@code install} does. */
final class Installation {
  private Installation() {}

  static List<String> run(Settings settings) {
    List<String> said = new ArrayList<>();
    try (Connections servers = Connections.open(settings)) {
      new Installer(
              servers.session(),
              new Indices(servers.client()),
              servers.version().flavor(),
              settings,
              said::add)
          .install();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
