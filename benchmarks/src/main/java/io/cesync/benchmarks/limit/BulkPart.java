package io.cesync.benchmarks.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.benchmarks.InFlight;
import io.cesync.benchmarks.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;

/** Sends bulks whose text is ready, and looks only at whether an item failed. */
final class BulkPart {
  private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

  private final RestClient client;
  private final List<byte[]> bulks = new ArrayList<>();
  private final int inFlight;

  BulkPart(RestClient client, String index, int documents, int revision, int size, int inFlight) {
    this.client = client;
    this.inFlight = inFlight;
    for (int from = 0; from < documents; from += size) {
      bulks.add(text(index, from, Math.min(documents, from + size), revision));
    }
  }

  private static byte[] text(String index, int from, int to, int revision) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(400 * (to - from));
    for (int id = from; id < to; id++) {
      String action =
          "{\"index\":{\"_index\":\"%s\",\"_id\":\"%d\",\"version\":%d,\"version_type\":\"external_gte\"}}\n"
              .formatted(index, id, 1_700_000_000_000_000L + id);
      text.writeBytes(action.getBytes(UTF_8));
      text.writeBytes(Items.document(id, revision));
      text.write('\n');
    }
    return text.toByteArray();
  }

  void run() {
    InFlight.run(bulks.size(), inFlight, number -> send(bulks.get(number)));
  }

  private CompletionStage<?> send(byte[] text) {
    Request request = new Request("POST", "/_bulk");
    request.addParameter("filter_path", "errors");
    request.setEntity(new ByteArrayEntity(text, NDJSON));
    CompletableFuture<Void> done = new CompletableFuture<>();
    client.performRequestAsync(
        request,
        new ResponseListener() {
          @Override
          public void onSuccess(Response response) {
            try {
              if (EntityUtils.toString(response.getEntity()).contains("true")) {
                throw new IOException("an item of a bulk failed");
              }
              done.complete(null);
            } catch (IOException e) {
              done.completeExceptionally(e);
            }
          }

          @Override
          public void onFailure(Exception exception) {
            done.completeExceptionally(exception);
          }
        });
    return done;
  }
}
