package io.cesync.daemon;

import io.cesync.settings.Settings;

/** Where a running daemon gets changed settings from. */
public interface SettingsSource {

  /**
   * Reads them anew.
   *
   * @throws io.cesync.settings.InvalidSettingsException with every problem
   */
  Settings read();

  /** Told of settings once they are in force. */
  void inForce(Settings settings);
}
