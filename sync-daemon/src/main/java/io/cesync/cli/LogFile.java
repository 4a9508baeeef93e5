package io.cesync.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.cesync.UserError;
import io.cesync.settings.LogSettings;
import org.slf4j.LoggerFactory;

/** The log of a daemon in the background: a file, put aside by size and by day. */
final class LogFile {
  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %msg%n";

  private LogFile() {}

  /**
   * Sends the whole log there, and nothing to the console any more.
   *
   * @throws UserError if the file can't be written
   */
  static void use(LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RollingFileAppender<ILoggingEvent> appender = appender(context, settings);
    if (!appender.isStarted()) {
      throw new UserError(
          "The log file %s can't be written. Make sure that its directory is writable and not full, or change log.file."
              .formatted(settings.file()));
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
  }

  static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, LogSettings settings) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("file");
    appender.setFile(settings.file().toString());
    appender.setEncoder(encoder(context, settings));

    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(settings.file() + ".%d{yyyy-MM-dd, UTC}.%i.gz");
    policy.setMaxFileSize(new FileSize(settings.maxSize().bytes()));
    policy.setMaxHistory((int) settings.keep().toDays());
    policy.setTotalSizeCap(new FileSize(settings.maxTotal().bytes()));
    // A daemon that is restarted every day would never clean up otherwise.
    policy.setCleanHistoryOnStart(true);
    policy.start();

    appender.setRollingPolicy(policy);
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogSettings settings) {
    if (settings.format() == LogSettings.Format.JSON) {
      JsonEncoder json = new JsonEncoder();
      json.setContext(context);
      json.start();
      return json;
    }
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setPattern(PATTERN);
    text.start();
    return text;
  }
}
