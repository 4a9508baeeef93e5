package io.cesync.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.UserError;
import io.cesync.document.SearchClient;
import io.cesync.settings.ElasticsearchSettings;
import io.cesync.settings.ElasticsearchSettings.Verification;
import io.cesync.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** Makes clients for Elasticsearch or OpenSearch. */
public final class SearchConnection {

  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int CONNECTIONS = 30;

  private SearchConnection() {}

  /** A client; it connects when it is first used. */
  public static SearchClient open(ElasticsearchSettings settings) {
    HttpHost[] hosts =
        settings.hosts().stream().map(SearchConnection::host).toArray(HttpHost[]::new);
    RestClientBuilder builder =
        RestClient.builder(hosts)
            .setCompressionEnabled(settings.compression())
            .setDefaultHeaders(headers(settings))
            .setRequestConfigCallback(
                config ->
                    config
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setSocketTimeout((int) settings.requestTimeout().toMillis()))
            .setHttpClientConfigCallback(http -> configure(http, settings));
    String prefix = settings.hosts().get(0).getPath();
    if (prefix != null && prefix.length() > 1) {
      builder.setPathPrefix(prefix);
    }
    return new SearchClient(builder.build());
  }

  private static HttpHost host(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    return new HttpHost(uri.getHost(), port, uri.getScheme());
  }

  private static Header[] headers(ElasticsearchSettings settings) {
    List<Header> headers = new ArrayList<>();
    settings
        .apiKey()
        .ifPresent(key -> headers.add(new BasicHeader("Authorization", "ApiKey " + key.reveal())));
    settings
        .username()
        .ifPresent(
            name -> {
              String pair = name + ":" + settings.password().map(Secret::reveal).orElse("");
              String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
              headers.add(new BasicHeader("Authorization", "Basic " + encoded));
            });
    return headers.toArray(Header[]::new);
  }

  private static HttpAsyncClientBuilder configure(
      HttpAsyncClientBuilder http, ElasticsearchSettings settings) {
    http.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS * 4);
    if (settings.hosts().stream().noneMatch(uri -> uri.getScheme().equals("https"))) {
      return http;
    }
    ElasticsearchSettings.Ssl ssl = settings.ssl();
    TrustManager[] trust =
        ssl.verification() == Verification.NONE
            ? Tls.trustAll()
            : ssl.certificateAuthorities().isEmpty()
                ? Tls.trust(ssl.truststore(), ssl.truststorePassword())
                : Tls.trust(ssl.certificateAuthorities());
    SSLContext context = Tls.context(trust, Tls.identity(ssl.keystore(), ssl.keystorePassword()));
    http.setSSLContext(context);
    if (ssl.verification() != Verification.FULL) {
      http.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);
    }
    return http;
  }

  /** What a failed request means for the person who runs cesync. */
  public static UserError failure(ElasticsearchSettings settings, IOException cause) {
    String hosts = settings.hosts().stream().map(URI::toString).collect(Collectors.joining(", "));
    if (cause instanceof ResponseException response) {
      int status = response.getResponse().getStatusLine().getStatusCode();
      if (status == 401 || status == 403) {
        return new UserError(
            "The search server at %s refused the credentials (elasticsearch.username, password, api_key): %s"
                .formatted(hosts, SearchClient.message(cause)),
            cause);
      }
      return new UserError(
          "The search server at %s answered: %s".formatted(hosts, SearchClient.message(cause)),
          cause);
    }
    return new UnreachableException(
        "The search server can't be reached at %s (elasticsearch.hosts): %s"
            .formatted(hosts, cause),
        cause);
  }
}
