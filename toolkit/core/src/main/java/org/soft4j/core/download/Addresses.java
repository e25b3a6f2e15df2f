package org.soft4j.core.download;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.soft4j.core.UserError;

/** Which addresses may be fetched from: https, or a server on this machine. */
final class Addresses {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Addresses() {}

  static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // What stands before an @ or behind a ? may be a secret, and the exception quotes it.
      boolean secret = text.contains("@") || text.contains("?");
      throw new UserError(
          (secret ? "What was given" : "\"" + text + "\"") + " is no address.",
          "Write it whole, such as https://host/path.",
          secret ? null : e);
    }
  }

  /** For people: the query of a signed address, and a user's name, may let others in. */
  static String shown(URI address) {
    if (address.getHost() == null) {
      return address.toString().split("[@?]", 2)[0];
    }
    return address.getScheme()
        + "://"
        + address.getHost()
        + (address.getPort() < 0 ? "" : ":" + address.getPort())
        + address.getRawPath()
        + (address.getRawQuery() == null ? "" : "?…");
  }

  static void requireSafe(URI address) {
    if (address.getRawUserInfo() != null) {
      throw new UserError(
          shown(address) + " is given with a user's name, which may carry a secret.",
          "Leave it out: it would not be sent.");
    }
    if (!safe(address)) {
      throw new UserError(
          "\"" + shown(address) + "\" is not an https address.",
          "Only https is fetched from, and http on this machine (localhost).");
    }
  }

  /** Whether a redirect may be followed: never out of https, never to another machine over http. */
  static boolean mayLead(URI from, URI to) {
    return safe(to) && (scheme(to).equals("https") || !scheme(from).equals("https"));
  }

  private static boolean safe(URI address) {
    boolean named = address.getHost() != null;
    return named && scheme(address).equals("https")
        || named && scheme(address).equals("http") && LOOPBACK.contains(address.getHost());
  }

  private static String scheme(URI address) {
    return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
  }
}
