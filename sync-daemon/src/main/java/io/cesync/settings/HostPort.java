package io.cesync.settings;

import io.cesync.yaml.SingleValue;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server listens. The host is a name or an address (IPv6 without its brackets). */
public record HostPort(String host, int port) implements SingleValue {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?");

  /**
   * Reads {@code host}, {@code host:port} or {@code [ipv6]:port}.
   *
   * @throws IllegalArgumentException "host or host:port…"
   */
  public static HostPort parse(String text, int defaultPort) {
    Matcher matcher = TEXT.matcher(text);
    int port =
        matcher.matches() && matcher.group(3) != null
            ? Integer.parseInt(matcher.group(3))
            : defaultPort;
    if (!matcher.matches() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("host or host:port, such as 127.0.0.1:9042 or [::1]:9042");
    }
    return new HostPort(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
  }

  /** Resolves the name, which may take a while. */
  public InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
