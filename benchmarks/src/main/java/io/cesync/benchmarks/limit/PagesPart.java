package io.cesync.benchmarks.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/** Pages through all documents by sequence number, sources included, without parsing them. */
final class PagesPart {
  private static final String SORT = "\"sort\":[";

  private final RestClient client;
  private final int documents;
  private final int page;

  PagesPart(RestClient client, int documents, int page) throws IOException {
    this.client = client;
    this.documents = documents;
    this.page = page;
    client.performRequest(new Request("POST", "/bench_item/_refresh"));
  }

  void run() {
    int seen = 0;
    int here = page;
    for (long after = -1; here == page; ) {
      String text = next(after);
      here = 0;
      int last = -1;
      for (int at = text.indexOf(SORT); at >= 0; at = text.indexOf(SORT, at + 1)) {
        last = at + SORT.length();
        here++;
      }
      seen += here;
      after = here == 0 ? after : Long.parseLong(text.substring(last, text.indexOf(']', last)));
    }
    if (seen != documents) {
      throw new IllegalStateException(seen + " documents instead of " + documents);
    }
  }

  private String next(long after) {
    Request request = new Request("POST", "/bench_item/_search");
    request.addParameter("filter_path", "hits.hits._id,hits.hits._source,hits.hits.sort");
    request.setJsonEntity(
        "{\"size\":%d,\"track_total_hits\":false,\"sort\":[\"_seq_no\"],\"search_after\":[%d]}"
            .formatted(page, after));
    try {
      return EntityUtils.toString(client.performRequest(request).getEntity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
