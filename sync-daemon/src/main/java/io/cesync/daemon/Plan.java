package io.cesync.daemon;

import io.cesync.inspect.Inspection;
import io.cesync.settings.Settings;

/** What an engine is started with. */
record Plan(Settings settings, Inspection inspection) {}
