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
      throw new UserError(
          "\"" + text + "\" is no address.", "Write it whole, such as https://host/path.", e);
    }
  }

  static void requireSafe(URI address) {
    if (!safe(address)) {
      throw new UserError(
          "\"" + address + "\" is not an https address.",
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
