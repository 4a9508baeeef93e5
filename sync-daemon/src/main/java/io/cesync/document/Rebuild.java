package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What it takes to put one index in the place of another, beside creating it: counting, refusing
 * writes for a moment, swapping. Thread-safe. All methods wait for their answer.
 */
public final class Rebuild {

  private final SearchClient client;

  public Rebuild(SearchClient client) {
    this.client = client;
  }

  /** Whether a name can be taken from an index and given to an alias with nothing in between. */
  public boolean turnsNamesIntoAliases() {
    // All versions that are supported can, but those before sequence numbers.
    return client.server().hasSequenceNumbers();
  }

  /** How many documents a search would find now, all that was written before included. */
  public long count(String index) throws IOException {
    client.jsonNow("POST", "/" + index + "/_refresh", null);
    return client.jsonNow("GET", "/" + index + "/_count", null).path("count").asLong();
  }

  /** How many documents were written with a routing of their own. */
  public long routed(String index) throws IOException {
    ObjectNode query = SearchClient.JSON.createObjectNode();
    query.putObject("query").putObject("exists").put("field", "_routing");
    return client.jsonNow("POST", "/" + index + "/_count", query).path("count").asLong();
  }

  /** Whether an index refuses writes by its settings. */
  public boolean refusesWrites(String index) throws IOException {
    JsonNode answer = client.jsonNow("GET", "/" + index + "/_settings", null);
    JsonNode blocks = answer.path(index).path("settings").path("index").path("blocks");
    return List.of("write", "read_only", "read_only_allow_delete").stream()
        .anyMatch(block -> blocks.path(block).asBoolean());
  }

  /** Has an index refuse writes, or take them again. */
  public void refuseWrites(String index, boolean refuse) throws IOException {
    ObjectNode settings = SearchClient.JSON.createObjectNode();
    settings.put("index.blocks.write", refuse);
    client.jsonNow("PUT", "/" + index + "/_settings", settings);
  }

  /**
   * Puts an index in the place of another, in one step that no search falls into: it gets the name
   * and all the other's aliases.
   *
   * @param name that of the old index, or an alias of it
   * @param dropOld must be true if the name is the old index's own
   * @return the other aliases
   */
  public List<String> swap(String name, String old, String next, boolean dropOld)
      throws IOException {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    ArrayNode actions = body.putArray("actions");
    JsonNode aliases = client.jsonNow("GET", "/" + old + "/_alias", null).path(old).path("aliases");
    boolean removes = dropOld && turnsNamesIntoAliases();
    if (removes) {
      actions.addObject().putObject("remove_index").put("index", old);
    }
    List<String> others = new ArrayList<>();
    for (Map.Entry<String, JsonNode> alias : aliases.properties()) {
      if (!removes) {
        action(actions, "remove", old, alias.getKey());
      }
      action(actions, "add", next, alias.getKey()).setAll((ObjectNode) alias.getValue());
      if (!alias.getKey().equals(name)) {
        others.add(alias.getKey());
      }
    }
    if (!aliases.has(name)) {
      action(actions, "add", next, name);
    }
    client.jsonNow("POST", "/_aliases", body);
    if (dropOld && !removes) {
      delete(old);
    }
    return others;
  }

  private static ObjectNode action(ArrayNode actions, String what, String index, String alias) {
    return actions.addObject().putObject(what).put("index", index).put("alias", alias);
  }

  /** Deletes an index; it is no failure if there is none. */
  public void delete(String index) throws IOException {
    try {
      client.jsonNow("DELETE", "/" + index, null);
    } catch (IOException e) {
      if (SearchClient.status(e) != 404) {
        throw e;
      }
    }
  }
}
