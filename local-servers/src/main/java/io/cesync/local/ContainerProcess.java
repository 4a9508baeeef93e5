package io.cesync.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.containers.GenericContainer;

/** A server in a container. The container stays when the server ends, and so does its data. */
record ContainerProcess(GenericContainer<?> container) implements ServerProcess {
  private static final int GRACE_SECONDS = 30;

  void startAgain() {
    docker().startContainerCmd(id()).exec();
  }

  @Override
  public boolean alive() {
    try {
      return Boolean.TRUE.equals(state().getRunning());
    } catch (NotFoundException e) {
      return false;
    }
  }

  @Override
  public String exitCode() {
    return String.valueOf(state().getExitCodeLong());
  }

  /** Waits for the end, as {@code docker stop} does. */
  @Override
  public void stop() {
    if (alive()) {
      resume();
      docker().stopContainerCmd(id()).withTimeout(GRACE_SECONDS).exec();
    }
  }

  @Override
  public void kill() {
    if (alive()) {
      // Docker can't kill what it has paused.
      resume();
      docker().killContainerCmd(id()).exec();
      docker().waitContainerCmd(id()).start().awaitStatusCode();
    }
  }

  @Override
  public void pause() {
    docker().pauseContainerCmd(id()).exec();
  }

  @Override
  public void resume() {
    if (Boolean.TRUE.equals(state().getPaused())) {
      docker().unpauseContainerCmd(id()).exec();
    }
  }

  private ContainerState state() {
    return docker().inspectContainerCmd(id()).exec().getState();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  private String id() {
    return container.getContainerId();
  }
}
