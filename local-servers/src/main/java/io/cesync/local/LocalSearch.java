package io.cesync.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A search node of this machine. */
final class LocalSearch implements SearchServer {
  private static final Logger log = LoggerFactory.getLogger(LocalSearch.class);
  private static final int TRIES = 3;

  private final SearchSpec spec;
  private final SearchNode node;
  private ServerProcess process;

  private LocalSearch(SearchSpec spec, SearchNode node) {
    this.spec = spec;
    this.node = node;
  }

  static LocalSearch start(SearchSpec spec) {
    for (int i = 1; ; i++) {
      try {
        return startOnce(spec);
      } catch (ServerStartException e) {
        if (i == TRIES || spec.httpPort().isPresent() || !e.portTaken) {
          throw e;
        }
        log.info("A port was taken meanwhile; trying others");
      }
    }
  }

  private static LocalSearch startOnce(SearchSpec spec) {
    LocalSearch server = new LocalSearch(spec, SearchNode.prepare(spec));
    try {
      server.start();
      log.info("{} answers on {}", server.node.name(), server.uri());
      return server;
    } catch (RuntimeException e) {
      server.kill();
      server.node.launch().dispose();
      server.node.folder().keep();
      throw e;
    }
  }

  @Override
  public URI uri() {
    return node.uri();
  }

  @Override
  public String version() {
    return spec.version();
  }

  @Override
  public Path log() {
    return node.folder().console();
  }

  @Override
  public void start() {
    if (running()) {
      return;
    }
    process = node.launch().start();
    HttpProbe probe = new HttpProbe(uri());
    Startup.await(node.name(), process, List.of(log()), probe::ready);
    node.launch().answered();
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

  /** Kills: nobody needs the data any more. */
  @Override
  public void close() {
    kill();
    node.launch().dispose();
    node.folder().delete();
  }
}
