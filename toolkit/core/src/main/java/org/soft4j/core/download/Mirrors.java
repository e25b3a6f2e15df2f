package org.soft4j.core.download;

import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;

/**
 * Other places to fetch from: an address that begins with one prefix is asked for under another.
 * What arrives is checked against the same digests.
 *
 * @param prefixes what stands in for which beginning of an address; the longest beginning wins
 */
public record Mirrors(Map<String, String> prefixes) {
  /** Everything is fetched where the catalogue says. */
  public static final Mirrors NONE = new Mirrors(Map.of());

  public Mirrors {
    prefixes = Map.copyOf(prefixes);
  }

  /**
   * Reads pairs such as {@code https://huggingface.co=https://mirror.example/hf}.
   *
   * @throws UserError where a text is no such pair
   */
  public static Mirrors of(List<String> pairs) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw unreadable(pair);
      }
      String mirror = pair.substring(equals + 1).strip();
      Addresses.requireSafe(Addresses.parse(mirror));
      prefixes.put(pair.substring(0, equals).strip(), mirror);
    }
    return new Mirrors(prefixes);
  }

  /** These mirrors, and the others where they name another prefix. */
  public Mirrors orElse(Mirrors others) {
    Map<String, String> both = new LinkedHashMap<>(others.prefixes);
    both.putAll(prefixes);
    return new Mirrors(both);
  }

  /** Where to fetch what the catalogue has at this address. */
  public URI of(URI address) {
    String text = address.toString();
    return prefixes.entrySet().stream()
        .filter(entry -> text.startsWith(entry.getKey()))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(entry -> Addresses.parse(entry.getValue() + text.substring(entry.getKey().length())))
        .orElse(address);
  }

  private static UserError unreadable(String pair) {
    return new UserError(
        "\"" + pair + "\" is no mirror.",
        "Write it as FROM=TO, such as https://huggingface.co=https://mirror.example/hf.");
  }
}
