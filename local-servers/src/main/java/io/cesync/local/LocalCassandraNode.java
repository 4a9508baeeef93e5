package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Cassandra node of this machine. */
final class LocalCassandraNode implements CassandraNode {
  private static final String LOGBACK =
      """
      <configuration>
        <appender name="FILE" class="ch.qos.logback.core.FileAppender">
          <file>${cassandra.logdir}/system.log</file>
          <encoder>
            <pattern>%-5level [%thread] %date{ISO8601} %F:%L - %msg%n</pattern>
          </encoder>
        </appender>
        <root level="INFO">
          <appender-ref ref="FILE"/>
        </root>
        <logger name="org.apache.cassandra" level="INFO"/>
      </configuration>
      """;

  private final String name;
  private final NodeFolder folder;
  private final InetSocketAddress address;
  private final CassandraJmx jmx;
  private final Launch launch;
  private ServerProcess process;

  private LocalCassandraNode(
      String name, NodeFolder folder, InetSocketAddress address, CassandraJmx jmx, Launch launch) {
    this.name = name;
    this.folder = folder;
    this.address = address;
    this.jmx = jmx;
    this.launch = launch;
  }

  /** Writes all that the node needs, and doesn't start it. */
  static LocalCassandraNode prepare(
      CassandraSpec spec, CassandraPorts ports, int i, CassandraLauncher launcher) {
    NodeFolder folder = NodeFolder.create("cassandra");
    int jmxPort = ports.jmx().get(i);
    try {
      Path triggers = Files.createDirectories(folder.resolve("triggers"));
      if (spec.triggerJar().isPresent()) {
        Path jar = spec.triggerJar().get();
        Files.copy(jar, triggers.resolve(jar.getFileName()));
      }
      Files.createDirectories(folder.resolve("tmp"));
      Files.createDirectories(folder.resolve("logs"));
      Files.writeString(folder.resolve("logback.xml"), LOGBACK);
      Files.writeString(
          folder.resolve("cassandra.yaml"), CassandraYaml.of(spec, ports, i, folder.path()));
      List<String> options = CassandraOptions.of(spec, folder.path(), i == 0, jmxPort);
      return new LocalCassandraNode(
          "Cassandra " + spec.version() + " on " + Ports.loopback(i).getHostAddress(),
          folder,
          new InetSocketAddress(Ports.loopback(i), ports.cql()),
          new CassandraJmx(jmxPort),
          launcher.launch(folder, options));
    } catch (IOException e) {
      folder.delete();
      throw new UncheckedIOException("cannot prepare " + folder.path(), e);
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public Path triggersDir() {
    return folder.resolve("triggers");
  }

  @Override
  public Path log() {
    return folder.resolve("logs").resolve("system.log");
  }

  @Override
  public void start() {
    if (running()) {
      return;
    }
    process = launch.start();
    List<Path> logs = List.of(log(), folder.console());
    Startup.await(name, process, logs, () -> CqlProbe.answers(address));
    launch.answered();
  }

  @Override
  public void stop() {
    if (process != null) {
      process.stop();
    }
  }

  @Override
  public void kill() {
    if (process != null) {
      process.kill();
    }
  }

  @Override
  public void pause() {
    process.pause();
  }

  @Override
  public void resume() {
    process.resume();
  }

  @Override
  public boolean running() {
    return process != null && process.alive();
  }

  @Override
  public void reloadTriggers() {
    jmx.reloadTriggers();
  }

  /** How many nodes, this one included, it holds for alive. */
  int liveNodes() {
    return jmx.liveNodes();
  }

  /** Waits until it sees so many nodes alive. */
  void awaitLiveNodes(int nodes) {
    Startup.await(name, process, List.of(log()), () -> liveNodes() == nodes);
  }

  /** Ends it, and deletes all it has. */
  void discard() {
    kill();
    launch.dispose();
    folder.delete();
  }

  /** Ends it, and leaves its logs. */
  void giveUp() {
    kill();
    launch.dispose();
    folder.keep();
  }
}
