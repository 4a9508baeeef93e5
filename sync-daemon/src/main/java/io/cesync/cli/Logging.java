package io.cesync.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.cesync.settings.LogSettings;
import org.slf4j.LoggerFactory;

/** Makes the log as the settings want it. */
final class Logging {
  private Logging() {}

  /** Sets format and level; {@code logback.xml} has the rest. */
  static void configure(LogSettings settings) {
    level(settings);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (settings.format() == LogSettings.Format.JSON) {
      writeJson(context);
    }
  }

  /** Sets the level alone. */
  static void level(LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    // The level is cesync's own: debugging it shouldn't drown in the network library's bytes.
    context.getLogger("io.cesync").setLevel(Level.valueOf(settings.level().toString()));
  }

  private static void writeJson(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setName("json");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
  }
}
