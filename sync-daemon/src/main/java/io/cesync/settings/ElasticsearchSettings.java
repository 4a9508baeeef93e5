package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How to reach Elasticsearch or OpenSearch. */
public record ElasticsearchSettings(
    @Declared(
            text = "Nodes to send requests to, as URLs.",
            min = "1",
            example = "[\"http://127.0.0.1:9200\"]")
        List<URI> hosts,
    @Declared(text = "User name, if the cluster asks for one.", byDefault = "", example = "cesync")
        Optional<String> username,
    @Declared(
            text = "Its password; best ${ENV_VAR} or ${file:/path}.",
            byDefault = "",
            example = "${ELASTICSEARCH_PASSWORD}")
        Optional<Secret> password,
    @Declared(
            text = "API key (the encoded form), instead of a user name.",
            byDefault = "",
            example = "${ELASTICSEARCH_API_KEY}")
        Optional<Secret> apiKey,
    @Declared(
            text = "How long one request may take.",
            byDefault = "60s",
            min = "100ms",
            max = "10m")
        Duration requestTimeout,
    @Declared(
            text =
                "Whether to compress requests: less network, but a third less throughput on a fast one.",
            byDefault = "false")
        boolean compression,
    @Declared(
            text = "Encryption between cesync and Elasticsearch, for https hosts.",
            byDefault = "")
        Ssl ssl) {

  /** TLS to Elasticsearch. */
  public record Ssl(
      @Declared(
              text = "PEM files with the authorities to trust, instead of a truststore.",
              byDefault = "[]",
              example = "[/etc/cesync/ca.pem]")
          List<Path> certificateAuthorities,
      @Declared(
              text =
                  "JKS or PKCS12 file with the certificates to trust; the JVM's own if not given.",
              byDefault = "",
              example = "/etc/cesync/truststore.p12")
          Optional<Path> truststore,
      @Declared(text = "Its password.", byDefault = "", example = "${TRUSTSTORE_PASSWORD}")
          Optional<Secret> truststorePassword,
      @Declared(
              text =
                  "JKS or PKCS12 file with cesync's own certificate, if the cluster asks for one.",
              byDefault = "",
              example = "/etc/cesync/keystore.p12")
          Optional<Path> keystore,
      @Declared(text = "Its password.", byDefault = "", example = "${KEYSTORE_PASSWORD}")
          Optional<Secret> keystorePassword,
      @Declared(
              text =
                  "What is checked: full (certificate and host name), certificate, or none (tests only).",
              byDefault = "full")
          Verification verification) {}

  /** What is checked of a server's certificate. */
  public enum Verification {
    FULL,
    CERTIFICATE,
    NONE;

    @Override
    public String toString() {
      return Names.snakeCase(this);
    }
  }
}
