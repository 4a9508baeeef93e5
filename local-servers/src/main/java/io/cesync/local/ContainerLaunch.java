package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Starts a server as a container, and the same container again later, so that its data and address
 * stay. It shares the host's network: a node has the address and ports it would have as a process.
 */
final class ContainerLaunch implements Launch {
  private final GenericContainer<?> container;
  private final Path console;

  ContainerLaunch(GenericContainer<?> container, Path console) {
    this.container =
        container.withNetworkMode("host").waitingFor(new NoWait()).withLogConsumer(this::write);
    this.console = console;
  }

  @Override
  public ServerProcess start() {
    ContainerProcess process = new ContainerProcess(container);
    if (container.getContainerId() == null) {
      container.start();
    } else {
      process.startAgain();
      container.followOutput(this::write);
    }
    return process;
  }

  @Override
  public void answered() {
    // Docker knows all processes of a container.
  }

  @Override
  public void dispose() {
    container.stop();
  }

  private void write(OutputFrame frame) {
    try {
      Files.writeString(
          console,
          frame.getUtf8String(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + console, e);
    }
  }

  /** {@link Startup} waits. */
  private static final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      // Started is enough.
    }
  }
}
