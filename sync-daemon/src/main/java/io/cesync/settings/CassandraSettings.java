package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How to reach Cassandra. */
public record CassandraSettings(
    @Declared(
            text = "Nodes to find the cluster by, as host or host:port (9042 if not given).",
            min = "1",
            example = "[\"127.0.0.1:9042\"]")
        List<HostPort> contactPoints,
    @Declared(
            text = "The data centre to talk to, as nodetool status names it.",
            example = "datacenter1")
        String localDatacenter,
    @Declared(text = "User name, if the cluster asks for one.", byDefault = "", example = "cesync")
        Optional<String> username,
    @Declared(
            text = "Its password; best ${ENV_VAR} or ${file:/path}.",
            byDefault = "",
            example = "${CASSANDRA_PASSWORD}")
        Optional<Secret> password,
    @Declared(
            text =
                "How many copies must answer a read; local_one is only safe where there is a single copy.",
            byDefault = "local_quorum")
        Consistency consistency,
    @Declared(text = "How long one request may take.", byDefault = "5s", min = "100ms", max = "10m")
        Duration requestTimeout,
    @Declared(text = "Encryption between cesync and Cassandra.", byDefault = "") Ssl ssl) {

  /** The copies that must answer. */
  public enum Consistency {
    LOCAL_QUORUM,
    QUORUM,
    LOCAL_ONE;

    @Override
    public String toString() {
      return Names.snakeCase(this);
    }
  }

  /** TLS to Cassandra. */
  public record Ssl(
      @Declared(text = "Whether to use TLS.", byDefault = "false") boolean enabled,
      @Declared(
              text =
                  "JKS or PKCS12 file with the certificates to trust; the JVM's own if not given.",
              byDefault = "",
              example = "/etc/cesync/truststore.p12")
          Optional<java.nio.file.Path> truststore,
      @Declared(text = "Its password.", byDefault = "", example = "${TRUSTSTORE_PASSWORD}")
          Optional<Secret> truststorePassword,
      @Declared(
              text =
                  "JKS or PKCS12 file with cesync's own certificate, if the cluster asks for one.",
              byDefault = "",
              example = "/etc/cesync/keystore.p12")
          Optional<java.nio.file.Path> keystore,
      @Declared(text = "Its password.", byDefault = "", example = "${KEYSTORE_PASSWORD}")
          Optional<Secret> keystorePassword,
      @Declared(
              text = "Whether a node's certificate must name the host that was asked for.",
              byDefault = "true")
          boolean hostnameValidation) {}
}
