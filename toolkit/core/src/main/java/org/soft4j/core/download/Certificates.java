package org.soft4j.core.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.soft4j.core.UserError;

/**
 * Which servers are believed to be who they say: those that an authority of this Java vouches for,
 * or of the file that SOFT4J_CA_FILE names (PEM). A refusal tells the certificate and the reason.
 */
public final class Certificates {
  private static final String FILE = "SOFT4J_CA_FILE";

  private Certificates() {}

  /** For clients that connect with TLS. */
  public static SSLContext context() {
    return context(System.getenv());
  }

  static SSLContext context(Map<String, String> environment) {
    String file = environment.getOrDefault(FILE, "").strip();
    try {
      X509ExtendedTrustManager own = manager(null);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          null,
          new TrustManager[] {
            new Telling(file.isEmpty() ? own : manager(with(own, Path.of(file))))
          },
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** The words for a server that is not believed or speaks no TLS; empty for other failures. */
  public static Optional<UserError> refusal(URI address, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedCertificate untrusted) {
        return Optional.of(untrusted.error(address));
      }
    }
    String message = failure instanceof SSLException ? String.valueOf(failure.getMessage()) : "";
    if (message.contains("recognized SSL message")) {
      return Optional.of(
          new UserError(
              Addresses.shown(address) + " does not speak TLS.",
              "If it is meant to, ask who runs it; a server on this machine mostly is http://."));
    }
    return message.contains("Received fatal alert")
        ? Optional.of(
            new UserError(
                "%s refuses the connection: %s.".formatted(Addresses.shown(address), message),
                "The server asks for another version of TLS, or for a certificate of yours."))
        : Optional.empty();
  }

  private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("no manager of X.509 certificates");
  }

  /** This Java's own authorities and those of a file. */
  private static KeyStore with(X509ExtendedTrustManager own, Path file)
      throws GeneralSecurityException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : own.getAcceptedIssuers()) {
        store.setCertificateEntry("own-" + number++, authority);
      }
      var added = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (added.isEmpty()) {
        throw new CertificateException("it holds none");
      }
      for (Certificate authority : added) {
        store.setCertificateEntry("added-" + number++, authority);
      }
      return store;
    } catch (IOException | CertificateException e) {
      throw new UserError(
          "%s is %s, from which no certificate can be read: %s."
              .formatted(FILE, file, e.getMessage()),
          "Name a file of certificates in PEM (-----BEGIN CERTIFICATE-----), or unset it.",
          e);
    }
  }

  /** Refuses as another does, and keeps what was refused. */
  private static final class Telling extends X509ExtendedTrustManager {
    /** A check of a server's certificates. */
    @FunctionalInterface
    private interface Check {
      void run() throws CertificateException;
    }

    private final X509ExtendedTrustManager manager;

    Telling(X509ExtendedTrustManager manager) {
      this.manager = manager;
    }

    private static void told(X509Certificate[] chain, Check check) throws CertificateException {
      try {
        check.run();
      } catch (CertificateException e) {
        throw chain.length == 0 ? e : new UntrustedCertificate(chain, e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      told(chain, () -> manager.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      told(chain, () -> manager.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      told(chain, () -> manager.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      manager.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      manager.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      manager.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return manager.getAcceptedIssuers();
    }
  }
}
