package io.cesync.connect;

import com.datastax.oss.driver.api.core.metadata.schema.SchemaChangeListenerBase;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells of changes of tables' schemas. Thread-safe. */
public final class SchemaEvents extends SchemaChangeListenerBase {

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Adds a listener.
   *
   * @param listener is given the keyspace in which something changed, on a thread of the driver's:
   *     it mustn't wait
   */
  public void add(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** The listener is told nothing more. */
  public void remove(Consumer<String> listener) {
    listeners.remove(listener);
  }

  private void changed(String keyspace) {
    listeners.forEach(listener -> listener.accept(keyspace));
  }

  @Override
  public void onTableUpdated(TableMetadata current, TableMetadata previous) {
    changed(current.getKeyspace().asInternal());
  }

  @Override
  public void onTableCreated(TableMetadata table) {
    changed(table.getKeyspace().asInternal());
  }

  @Override
  public void onTableDropped(TableMetadata table) {
    changed(table.getKeyspace().asInternal());
  }

  @Override
  public void onUserDefinedTypeUpdated(UserDefinedType current, UserDefinedType previous) {
    changed(String.valueOf(current.getKeyspace()));
  }
}
