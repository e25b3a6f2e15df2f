package org.soft4j.core.download;

import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.soft4j.core.UserError;

/**
 * A server's certificate that was refused, with what a user must know to trust it or to mend it.
 */
final class UntrustedCertificate extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final transient X509Certificate[] chain;

  UntrustedCertificate(X509Certificate[] chain, CertificateException cause) {
    super(cause.getMessage(), cause);
    this.chain = chain.clone();
  }

  UserError error(URI address) {
    X509Certificate own = chain[0];
    Reason reason = reason(address.getHost(), Instant.now());
    return new UserError(
        "The certificate of %s is not trusted: %s. It is for %s, issued by %s, valid from %s to %s."
            .formatted(
                Addresses.shown(address),
                reason.words(),
                own.getSubjectX500Principal(),
                own.getIssuerX500Principal(),
                day(own.getNotBefore()),
                day(own.getNotAfter())),
        reason.remedy(),
        this);
  }

  private record Reason(String words, String remedy) {}

  private Reason reason(String host, Instant now) {
    for (X509Certificate each : chain) {
      String whose = each == chain[0] ? "it" : each.getSubjectX500Principal() + " in its chain";
      if (each.getNotAfter().toInstant().isBefore(now)) {
        return new Reason(
            whose + " expired on " + day(each.getNotAfter()),
            "Who runs the server must renew it; check this machine's clock too.");
      }
      if (each.getNotBefore().toInstant().isAfter(now)) {
        return new Reason(
            whose + " holds from " + day(each.getNotBefore()) + " on",
            "Check this machine's clock: it says " + day(Date.from(now)) + ".");
      }
    }
    if (unknown()) {
      boolean self = chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal());
      return new Reason(
          self
              ? "it is signed by itself, and no authority vouches for it"
              : "its issuer is none of the authorities that are trusted here",
          "If you know the server, save the issuer's certificate as PEM and name the file: export"
              + " SOFT4J_CA_FILE=/path/to/ca.pem");
    }
    List<String> names = names();
    return names.contains(host)
        ? new Reason(getMessage(), "Ask who runs the server.")
        : new Reason(
            "it is for other names than %s: %s".formatted(host, names),
            "Write one of its names into the address, if that is the server you mean.");
  }

  private boolean unknown() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException) {
        return true;
      }
    }
    return false;
  }

  /** Its alternative names: those of hosts and addresses. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = chain[0].getSubjectAlternativeNames();
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        names.add(String.valueOf(name.get(1)));
      }
    } catch (CertificateParsingException unreadable) {
      names.add("unreadable");
    }
    return names;
  }

  private static String day(Date date) {
    return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
