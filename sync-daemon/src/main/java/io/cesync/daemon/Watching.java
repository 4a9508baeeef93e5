package io.cesync.daemon;

import io.cesync.http.Metrics;
import io.cesync.http.WebServer;
import io.cesync.settings.Settings;
import io.cesync.state.State;
import io.cesync.sync.RequestTimes;
import io.cesync.watch.Board;
import io.cesync.watch.Watch;
import java.time.Clock;
import java.util.Optional;

/**
 * What watches a daemon, and where it can be watched.
 *
 * @param web empty if nobody is to see it
 */
record Watching(Board board, Watch watch, RequestTimes times, Optional<WebServer> web)
    implements AutoCloseable {

  /**
   * Watches a daemon as its settings say.
   *
   * @throws io.cesync.UserError if the address can't be had
   */
  static Watching seen(Settings settings, Clock clock) {
    if (!settings.http().enabled()) {
      return unseen(settings, clock);
    }
    Board board = new Board(settings, clock);
    Metrics metrics = new Metrics(board);
    WebServer web = WebServer.start(settings.http(), board, metrics);
    return new Watching(board, new Watch(board), metrics, Optional.of(web));
  }

  /** Watches one that only the log tells of. */
  static Watching unseen(Settings settings, Clock clock) {
    Board board = new Board(settings, clock);
    return new Watching(board, new Watch(board), RequestTimes.NONE, Optional.empty());
  }

  /** The URL of the status page, if there is one. */
  Optional<String> page() {
    return web.map(WebServer::page);
  }

  /** What was saved last. */
  void saved(State state) {
    board.saved(state.daemon());
  }

  @Override
  public void close() {
    watch.close();
    web.ifPresent(WebServer::close);
  }
}
