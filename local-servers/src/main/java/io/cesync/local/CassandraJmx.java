package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The few things that nodetool would be used for. */
record CassandraJmx(int port) {
  private interface Call<T> {
    T on(MBeanServerConnection server) throws JMException, IOException;
  }

  void reloadTriggers() {
    call(
        server ->
            server.invoke(
                new ObjectName("org.apache.cassandra.db:type=StorageProxy"),
                "reloadTriggerClasses",
                new Object[0],
                new String[0]));
  }

  int liveNodes() {
    Object nodes =
        call(
            server ->
                server.getAttribute(
                    new ObjectName("org.apache.cassandra.db:type=StorageService"), "LiveNodes"));
    return ((List<?>) nodes).size();
  }

  @SuppressWarnings("BanJNDI") // The address is this machine's, and the server our own child.
  private <T> T call(Call<T> call) {
    try (JMXConnector connector =
        JMXConnectorFactory.connect(
            new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"))) {
      return call.on(connector.getMBeanServerConnection());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach the node's JMX port " + port, e);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
