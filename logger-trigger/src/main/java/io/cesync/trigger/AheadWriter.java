package io.cesync.trigger;

import static java.lang.invoke.MethodHandles.dropArguments;
import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.cassandra.db.ConsistencyLevel;
import org.apache.cassandra.db.Mutation;
import org.apache.cassandra.service.StorageProxy;

/**
 * Writes log mutations at once, at LOCAL_QUORUM, without running triggers. Blocks up to {@code
 * write_request_timeout}; fails with Cassandra's own Unavailable, WriteTimeout, WriteFailure or
 * Overloaded.
 */
final class AheadWriter {
  /** {@code (List)void}. Static and final, so that it is compiled like a direct call. */
  private static final MethodHandle MUTATE = mutate();

  void write(List<Mutation> mutations) {
    try {
      MUTATE.invokeExact(mutations);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // StorageProxy.mutate declares no checked exceptions
    }
  }

  /**
   * {@code StorageProxy.mutate(List, ConsistencyLevel, start)}: the start of the request is a
   * {@code long} of nanoseconds up to 4.1.5, and a {@code Dispatcher.RequestTime} since 4.1.6.
   */
  private static MethodHandle mutate() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      for (Method method : StorageProxy.class.getMethods()) {
        Class<?>[] parameters = method.getParameterTypes();
        if (method.getName().equals("mutate")
            && parameters.length == 3
            && parameters[0] == List.class
            && parameters[1] == ConsistencyLevel.class) {
          MethodHandle now = requestStart(lookup, parameters[2]);
          MethodHandle write =
              insertArguments(lookup.unreflect(method), 1, ConsistencyLevel.LOCAL_QUORUM);
          return MethodHandles.foldArguments(
                  MethodHandles.permuteArguments(
                      write, methodType(void.class, parameters[2], List.class), 1, 0),
                  dropArguments(now, 0, List.class))
              .asType(methodType(void.class, List.class));
        }
      }
      throw new NoSuchMethodException("StorageProxy.mutate(List, ConsistencyLevel, ?)");
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cesync does not support this version of Cassandra", e);
    }
  }

  private static MethodHandle requestStart(MethodHandles.Lookup lookup, Class<?> type)
      throws ReflectiveOperationException {
    return type == long.class
        ? lookup.findStatic(System.class, "nanoTime", methodType(long.class))
        : lookup.findStatic(type, "forImmediateExecution", methodType(type));
  }
}
