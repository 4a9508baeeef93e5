package io.cesync.connect;

import io.cesync.UserError;
import io.cesync.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS from files. A file that can't be used is a {@link UserError} that names it. */
final class Tls {

  private Tls() {}

  /**
   * With the JVM's own trust if {@code trust} is null, and no certificate of ours if {@code
   * identity} is.
   */
  static SSLContext context(TrustManager[] trust, KeyManager[] identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static TrustManager[] trust(Optional<Path> file, Optional<Secret> password) {
    if (file.isEmpty()) {
      return null;
    }
    return managers(store(file.get(), password), file.get());
  }

  /** Trusts these authorities, from PEM files. */
  static TrustManager[] trust(List<Path> authorities) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      for (Path file : authorities) {
        try (InputStream in = Files.newInputStream(file)) {
          for (Certificate certificate : x509.generateCertificates(in)) {
            store.setCertificateEntry("ca" + store.size(), certificate);
          }
        } catch (IOException | GeneralSecurityException e) {
          throw unusable(file, e);
        }
      }
      return managers(store, authorities.get(0));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts everything. For tests only, as the setting says. */
  static TrustManager[] trustAll() {
    return new TrustManager[] {
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return new X509Certificate[0];
        }
      }
    };
  }

  static KeyManager[] identity(Optional<Path> file, Optional<Secret> password) {
    if (file.isEmpty()) {
      return null;
    }
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store(file.get(), password), characters(password));
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw unusable(file.get(), e);
    }
  }

  private static TrustManager[] managers(KeyStore store, Path file) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  private static KeyStore store(Path file, Optional<Secret> password) {
    try {
      return KeyStore.getInstance(file.toFile(), characters(password));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  private static char[] characters(Optional<Secret> password) {
    return password.map(p -> p.reveal().toCharArray()).orElseGet(() -> new char[0]);
  }

  private static UserError unusable(Path file, Exception cause) {
    return new UserError(
        "%s can't be used for TLS (%s). It must be readable, of the right kind, and its password right."
            .formatted(file, cause.getMessage()),
        cause);
  }
}
