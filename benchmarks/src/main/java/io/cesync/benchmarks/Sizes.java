package io.cesync.benchmarks;

import picocli.CommandLine.Option;

/** How much each benchmark does. */
final class Sizes {
  @Option(
      names = "--rounds",
      description = "Rounds that count; their median is told. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "3")
  int rounds;

  @Option(
      names = "--trigger-rounds",
      description = "The same for trigger. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "7")
  int triggerRounds;

  @Option(
      names = "--trigger-warmup",
      description = "Rounds of trigger that don't count. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "4")
  int triggerWarmup;

  @Option(
      names = "--trigger-writes",
      description = "Writes in a round of trigger. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "20000")
  int triggerWrites;

  @Option(
      names = "--keys",
      description = "Keys in drain and two-way, documents in es-tail. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "100000")
  int keys;

  @Option(
      names = "--changes",
      description = "Changes in drain and two-way. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "200000")
  int changes;

  @Option(
      names = "--backlog-age",
      description =
          "Seconds that drain waits between the writes and the daemon's start. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "0")
  int backlogAge;

  @Option(
      names = "--documents",
      description = "Documents in deletes. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "1000000")
  int documents;

  @Option(
      names = "--deletes",
      description = "How many of them vanish in the end. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "100000")
  int deletes;

  @Option(
      names = "--rows",
      description = "Rows in snapshot. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "500000")
  int rows;

  @Option(
      names = "--rate",
      description = "Writes a second in lag. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "500")
  int rate;

  @Option(
      names = "--rate-back",
      description = "The same in lag-back. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "100")
  int rateBack;

  @Option(
      names = "--lag-seconds",
      description =
          "How long these measure; 60 at least for its percentiles to be of it alone. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "60")
  int lagSeconds;

  @Option(
      names = "--lag-warmup",
      description = "Seconds at that rate that don't count. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "30")
  int lagWarmup;

  @Option(
      names = "--idle-seconds",
      description = "How long idle looks. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "60")
  int idleSeconds;

  @Option(
      names = "--cassandra-heap",
      description = "MiB of Cassandra's heap. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "1024")
  int cassandraHeap;

  @Option(
      names = "--search-heap",
      description = "MiB of Elasticsearch's heap. Default: ${DEFAULT-VALUE}.",
      paramLabel = "N",
      defaultValue = "1024")
  int searchHeap;
}
