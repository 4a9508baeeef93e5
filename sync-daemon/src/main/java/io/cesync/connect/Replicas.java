package io.cesync.connect;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells which statements can go to Cassandra together: those of the same replicas. */
public final class Replicas {

  private final CqlSession session;
  private final CqlIdentifier keyspace;

  public Replicas(CqlSession session, CqlIdentifier keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  /** Equal for statements that have the same replicas. */
  public Object of(Supplier<BoundStatement> statement) {
    Optional<TokenMap> tokens = session.getMetadata().getTokenMap();
    return tokens.isEmpty() || session.getMetadata().getNodes().size() == 1
        ? "all"
        : tokens.get().getReplicas(keyspace, statement.get().getRoutingKey());
  }
}
