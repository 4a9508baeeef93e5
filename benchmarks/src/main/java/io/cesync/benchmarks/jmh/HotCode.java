package io.cesync.benchmarks.jmh;

import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.TableMapping;
import io.cesync.row.RowKey;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the daemon does for each entry, and for each row, without the clients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HotCode {
  private static final int ROWS = 1024;

  private final TableMapping mapping = ItemTable.mapping();
  private final Row[] rows = new Row[ROWS];
  private final String[] logged = new String[ROWS];
  private final RowKey[] keys = new RowKey[ROWS];
  private int next;

  /** Fills the rows, so that no call sees a constant. */
  public HotCode() {
    for (int i = 0; i < ROWS; i++) {
      long id = i * 7_919L;
      rows[i] = ItemTable.row(id);
      keys[i] = mapping.keys().ofRow(rows[i]);
      logged[i] = keys[i].json();
    }
  }

  private int step() {
    next = (next + 1) % ROWS;
    return next;
  }

  /** A row to its JSON. */
  @Benchmark
  public byte[] document() {
    return mapping.document(rows[step()]);
  }

  /** An entry's key. */
  @Benchmark
  public RowKey parseKey() throws InvalidKeyException {
    return mapping.keys().parse(logged[step()]);
  }

  /** A key to what a read binds. */
  @Benchmark
  public ByteBuffer[] bindKey() throws InvalidKeyException {
    return mapping.keys().values(keys[step()]);
  }

  /** A scanned row's key. */
  @Benchmark
  public RowKey keyOfRow() {
    return mapping.keys().ofRow(rows[step()]);
  }

  /** A key to its document's id. */
  @Benchmark
  public String documentId() {
    return mapping.keys().documentId(keys[step()]);
  }
}
