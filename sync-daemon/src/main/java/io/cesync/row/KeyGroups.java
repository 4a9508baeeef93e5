package io.cesync.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.TableMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which keys one request may ask for together. */
final class KeyGroups {

  private final CqlSession session;
  private final TableMapping mapping;
  private final int size;

  /**
   * @param size keys in a group, at most
   */
  KeyGroups(CqlSession session, TableMapping mapping, int size) {
    this.session = session;
    this.mapping = mapping;
    this.size = size;
  }

  List<List<RowKey>> of(List<RowKey> keys) {
    if (has(Role.CLUSTERING) > 0) {
      return split(keys, RowKey::partition);
    }
    return has(Role.PARTITION_KEY) == 1
        ? split(keys, replicas())
        : keys.stream().map(List::of).toList();
  }

  private long has(Role role) {
    return mapping.columns().stream().filter(column -> column.role() == role).count();
  }

  /** What partitions must share to be read together: their replicas. */
  private Function<RowKey, Object> replicas() {
    Metadata metadata = session.getMetadata();
    Optional<TokenMap> tokens = metadata.getTokenMap();
    if (tokens.isEmpty() || metadata.getNodes().size() == 1) {
      return key -> "all";
    }
    CqlIdentifier keyspace = CqlIdentifier.fromInternal(mapping.keyspace());
    return key -> replicas(tokens.get(), keyspace, key);
  }

  private Object replicas(TokenMap tokens, CqlIdentifier keyspace, RowKey key) {
    try {
      return tokens.getReplicas(keyspace, mapping.keys().values(key)[0]);
    } catch (InvalidKeyException e) {
      return key; // reading it will say so
    }
  }

  private List<List<RowKey>> split(List<RowKey> keys, Function<RowKey, Object> by) {
    Map<Object, List<RowKey>> open = new LinkedHashMap<>();
    List<List<RowKey>> groups = new ArrayList<>();
    for (RowKey key : keys) {
      Object common = by.apply(key);
      List<RowKey> group = open.computeIfAbsent(common, c -> new ArrayList<>());
      group.add(key);
      if (group.size() == size) {
        groups.add(open.remove(common));
      }
    }
    groups.addAll(open.values());
    return groups;
  }
}
