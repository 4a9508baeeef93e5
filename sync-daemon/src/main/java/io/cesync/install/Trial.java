package io.cesync.install;

import io.cesync.document.BulkLimits;
import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.SearchClient;
import io.cesync.document.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Tries whether an index takes writes. */
final class Trial {

  private final SearchClient client;

  Trial(SearchClient client) {
    this.client = client;
  }

  /** Why it doesn't; empty if it does. */
  Optional<String> write(String index) {
    DocumentOp nothing = new DocumentOp.Delete(index, "cesync-check", 1);
    BulkLimits one = new BulkLimits(1, 1, 1);
    BulkSender sender = new BulkSender(client, one);
    try {
      WriteResult result = sender.write(List.of(nothing), one).toCompletableFuture().join().get(0);
      if (result instanceof WriteResult.Retry retry) {
        return Optional.of(retry.reason());
      } else if (result instanceof WriteResult.Rejected rejected) {
        return Optional.of(rejected.reason());
      }
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    }
  }
}
