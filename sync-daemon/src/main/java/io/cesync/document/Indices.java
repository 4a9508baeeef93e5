package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Looks at indices, creates them, refreshes them. Thread-safe. All but {@link #refresh} wait for
 * their answer.
 */
public final class Indices {

  /**
   * An index as it stands.
   *
   * @param name the index itself, where an alias was asked for
   * @param uuid new whenever the index is created again
   * @param shards primary ones
   * @param mapping of its documents, an object with {@code properties}
   * @param settings all of them that start with {@code index.}
   * @param lacking why its documents have no sequence numbers; empty if they have
   */
  public record Index(
      String name,
      String uuid,
      int shards,
      JsonNode mapping,
      JsonNode settings,
      Optional<String> lacking) {

    /** Whether it takes and refuses the same documents as another state of it. */
    public boolean takesTheSame(Index other) {
      return mapping.equals(other.mapping) && settings.equals(other.settings);
    }

    /** Whether documents can be read as they were written. */
    public boolean keepsSources() {
      return mapping.path("_source").path("enabled").asBoolean(true);
    }
  }

  /** Versions before have no sequence numbers that a search could use. */
  private static final long FIRST_WITH_NUMBERS = 6_000_000;

  private final SearchClient client;

  public Indices(SearchClient client) {
    this.client = client;
  }

  /** The index of this name, or the one behind this alias; empty if there is none. */
  public Optional<Index> find(String name) throws IOException {
    try {
      JsonNode answer = client.jsonNow("GET", "/" + name, null);
      if (answer.size() != 1) {
        throw new IOException(name + " stands for " + answer.size() + " indices; it must be one");
      }
      Map.Entry<String, JsonNode> only = answer.properties().iterator().next();
      JsonNode index = only.getValue();
      return Optional.of(
          new Index(
              only.getKey(),
              index.path("settings").path("index").path("uuid").asText(),
              index.path("settings").path("index").path("number_of_shards").asInt(),
              client.dialect().mapping(name, index.path("mappings")),
              index.path("settings").path("index"),
              lackingNumbers(index.path("settings").path("index"))));
    } catch (IOException e) {
      if (SearchClient.status(e) == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<String> lackingNumbers(JsonNode settings) {
    if (settings.path("disable_sequence_numbers").asBoolean()) {
      return Optional.of("index.disable_sequence_numbers is true");
    } else if (settings.path("mode").asText().equals("columnar")) {
      return Optional.of("index.mode is columnar");
    }
    long created = settings.path("version").path("created").asLong(FIRST_WITH_NUMBERS);
    return created < FIRST_WITH_NUMBERS
        ? Optional.of("it was created by a server that has none")
        : Optional.empty();
  }

  /** Creates an index with a mapping and, if not empty, index settings. */
  public void create(String name, ObjectNode mapping, Map<String, ?> settings) throws IOException {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    body.set("mappings", client.dialect().toCreate(mapping));
    Map<String, Object> all = new LinkedHashMap<>(client.dialect().settings());
    all.putAll(settings);
    if (!all.isEmpty()) {
      body.set("settings", SearchClient.JSON.valueToTree(all));
    }
    client.jsonNow("PUT", "/" + name, body);
  }

  /** The source of a document, if a search finds it. */
  public Optional<String> source(String name, String id) throws IOException {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    body.putObject("query").putObject("ids").putArray("values").add(id);
    JsonNode hit = client.jsonNow("POST", "/" + name + "/_search", body).path("hits").path("hits");
    return hit.isEmpty() ? Optional.empty() : Optional.of(hit.get(0).path("_source").toString());
  }

  /** Adds fields to an index. */
  public void addToMapping(String name, ObjectNode mapping) throws IOException {
    client.jsonNow("PUT", client.dialect().mappingPath(name), mapping);
  }

  /**
   * Makes what was written searchable. Fails if no copy of the index did it, or one couldn't: that
   * one would go on answering searches.
   */
  public CompletionStage<Void> refresh(String name) {
    return client
        .json("POST", "/" + name + "/_refresh", null)
        .thenAccept(
            answer -> {
              JsonNode shards = answer.path("_shards");
              if (shards.path("successful").asInt() < 1 || shards.path("failed").asInt() > 0) {
                throw new CompletionException(
                    new ShardsMissingException(
                        "the refresh of " + name + " did not reach all shards: " + shards));
              }
            });
  }

  /**
   * How far each shard's documents reach, as a {@link DocumentScan} wants to know: the highest
   * sequence number, or another number where there are none; -1 for an empty shard.
   */
  public Map<Integer, Long> sequenceNumbers(String name) throws IOException {
    boolean numbered = client.server().hasSequenceNumbers();
    if (!numbered) {
      client.jsonNow("POST", "/" + name + "/_refresh", null); // else it counts too few
    }
    JsonNode answer = client.jsonNow("GET", "/" + name + "/_stats/docs?level=shards", null);
    Map<Integer, Long> highest = new TreeMap<>();
    for (JsonNode index : answer.path("indices")) {
      for (Map.Entry<String, JsonNode> shard : index.path("shards").properties()) {
        for (JsonNode copy : shard.getValue()) {
          highest.merge(
              Integer.valueOf(shard.getKey()),
              numbered
                  ? copy.path("seq_no").path("max_seq_no").asLong(-1)
                  : copy.path("docs").path("count").asLong() - 1,
              Math::max);
        }
      }
    }
    if (highest.isEmpty()) {
      throw new IOException("the server told no shards of " + name);
    }
    return highest;
  }

  /**
   * Which of some positions no longer says anything of its shard; empty if all do.
   *
   * @throws IOException if not all shards answer
   */
  public Optional<Continuity> broken(String name, Collection<ShardPosition> positions)
      throws IOException {
    if (positions.isEmpty()) {
      return Optional.empty();
    }
    JsonNode answer =
        client.jsonNow(
            "GET", "/" + name + "/_stats/docs?level=shards&filter_path=" + IndexStats.FILTER, null);
    IndexStats stats = IndexStats.of(name, answer);
    for (ShardPosition position : positions) {
      if (!stats.uuid().equals(position.indexUuid())) {
        return Optional.of(Continuity.OTHER_INDEX);
      } else if (!stats.shards().containsKey(position.shard())) {
        throw new IOException("shard " + position.shard() + " of " + name + " doesn't answer");
      }
      Continuity continuity = stats.continuity(position);
      if (continuity != Continuity.GOES_ON) {
        return Optional.of(continuity);
      }
    }
    return Optional.empty();
  }

  /** What the client takes the server for; doesn't ask it. */
  public ServerVersion server() {
    return client.server();
  }

  /** Asks for the server's version and whether it is OpenSearch. */
  public ServerVersion version() throws IOException {
    JsonNode nodes =
        client.jsonNow(
            "GET",
            "/_nodes/_local?filter_path=nodes.*.version,nodes.*.build_flavor,nodes.*.build_type",
            null);
    JsonNode node = nodes.path("nodes").iterator().next();
    return ServerVersion.of(node);
  }
}
