package io.cesync.local;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Leaves a pair of servers running, for trying things by hand. */
@Command(
    name = "servers",
    mixinStandardHelpOptions = true,
    description = "Runs Cassandra and Elasticsearch until Ctrl-C; then all their data is deleted.")
public final class Servers implements Callable<Integer> {
  private static final int USUAL_CQL_PORT = 9042;
  private static final int USUAL_HTTP_PORT = 9200;

  @Option(
      names = "--trigger-jar",
      paramLabel = "FILE",
      description = "A JAR to put in every node's triggers directory.")
  private Path triggerJar;

  @Option(
      names = "--cassandra",
      paramLabel = "VERSION",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "5.0.9")
  private String cassandra;

  @Option(
      names = "--elasticsearch",
      paramLabel = "VERSION",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "8.19.20")
  private String elasticsearch;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Cassandra nodes, on 127.0.0.1, 127.0.0.2, ... Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int nodes;

  @Option(
      names = "--cql-port",
      paramLabel = "PORT",
      description = "Default: 9042 if it is free, else another.")
  private Integer cqlPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Default: 9200 if it is free, else another.")
  private Integer httpPort;

  @Spec private CommandSpec command;

  private Servers() {}

  /** Runs it; ends with 1 if a server doesn't start, with 2 if the arguments are wrong. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Servers())
            .setExecutionExceptionHandler(Servers::explain)
            .execute(args));
  }

  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult arguments)
      throws Exception {
    if (e instanceof ServerStartException) {
      line.getErr().println(e.getMessage());
      return line.getCommandSpec().exitCodeOnExecutionException();
    }
    throw e;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (nodes < 1) {
      throw new ParameterException(command.commandLine(), "--nodes must be at least 1");
    }
    try (CassandraServers cassandras = cassandraSpec().start();
        SearchServer search = searchSpec().start()) {
      describe(cassandras, search);
      // Ctrl-C ends the wait; the shutdown hook ends the servers.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private CassandraSpec cassandraSpec() {
    CassandraSpec spec = LocalServers.cassandra().version(cassandra).nodes(nodes);
    if (triggerJar != null) {
      spec = spec.triggerJar(triggerJar);
    }
    OptionalInt port = port(cqlPort, USUAL_CQL_PORT, nodes);
    return port.isPresent() ? spec.cqlPort(port.getAsInt()) : spec;
  }

  private SearchSpec searchSpec() {
    SearchSpec spec = LocalServers.elasticsearch().version(elasticsearch);
    OptionalInt port = port(httpPort, USUAL_HTTP_PORT, 1);
    return port.isPresent() ? spec.httpPort(port.getAsInt()) : spec;
  }

  private static OptionalInt port(Integer chosen, int usual, int addresses) {
    if (chosen != null) {
      return OptionalInt.of(chosen);
    }
    boolean free =
        Ports.isFree(IntStream.range(0, addresses).mapToObj(Ports::loopback).toList(), usual);
    return free ? OptionalInt.of(usual) : OptionalInt.empty();
  }

  private void describe(CassandraServers cassandras, SearchServer search) {
    List<InetSocketAddress> points = cassandras.contactPoints();
    String contactPoints =
        points.stream()
            .map(point -> '"' + point.getAddress().getHostAddress() + ":" + point.getPort() + '"')
            .collect(Collectors.joining(", "));
    InetSocketAddress first = points.get(0);
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        """

        Cassandra %1$s and Elasticsearch %2$s are up. In settings.yaml:
          cassandra: {contact_points: [%3$s], local_datacenter: %4$s}
          elasticsearch: {hosts: ["%5$s"]}
        Look around (cqlsh comes with Cassandra, or: pip install cqlsh):
          cqlsh %6$s %7$d
          curl '%5$s/_cat/indices?v'
          curl '%5$s/INDEX/_search?pretty'
        Logs:
          %8$s
          %9$s
        Ctrl-C stops both and deletes their data.
        """,
        cassandra,
        elasticsearch,
        contactPoints,
        cassandras.localDatacenter(),
        search.uri(),
        first.getAddress().getHostAddress(),
        first.getPort(),
        cassandras.node(0).log(),
        search.log());
    out.flush();
  }
}
