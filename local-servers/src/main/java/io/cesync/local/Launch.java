package io.cesync.local;

/** How one server is started, again and again on the same data. */
interface Launch {
  /** Starts it and doesn't wait until it answers; the one before must have ended. */
  ServerProcess start();

  /** To be called when a server answers: it may have started processes of its own by then. */
  void answered();

  /** Frees what the server needs besides its folder, after its end. */
  void dispose();
}
