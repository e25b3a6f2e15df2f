package org.soft4j.lm.remote;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.UserError;

/**
 * The secret that an endpoint asks for. It is written into request headers and nowhere else: no
 * method gives it back, {@code toString} hides it, and {@link #hide} takes it out of texts that
 * came from outside.
 */
public final class ApiKey {
  /** No key, as local servers need none. */
  public static final ApiKey NONE = new ApiKey("", false);

  private static final String OWN = "SOFT4J_API_KEY";
  private static final String COMMON = "OPENAI_API_KEY";
  private static final String HIDDEN = "[key]";

  private final String secret;
  private final boolean anywhere;

  private ApiKey(String secret, boolean anywhere) {
    this.secret = secret;
    this.anywhere = anywhere;
  }

  /**
   * Takes SOFT4J_API_KEY, or else OPENAI_API_KEY; no key where neither is set.
   *
   * <p>SOFT4J_API_KEY goes to whichever endpoint is named. OPENAI_API_KEY, which was set for
   * another purpose, goes over https or to this machine only.
   *
   * @throws UserError if it holds characters that no key has; the message does not quote it
   */
  public static ApiKey fromEnvironment(Map<String, String> environment) {
    return named(environment, OWN).or(() -> named(environment, COMMON)).orElse(NONE);
  }

  private static Optional<ApiKey> named(Map<String, String> environment, String name) {
    String secret = environment.getOrDefault(name, "").strip();
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      // The header would be refused by an exception that quotes it.
      throw new UserError(
          name + " holds blanks or characters beyond ASCII, which no key has.",
          "Set it again: export " + name + "=…");
    }
    return secret.isEmpty() ? Optional.empty() : Optional.of(new ApiKey(secret, name.equals(OWN)));
  }

  /** Writes the key into a request, where there is one and it may go there. */
  void sign(HttpRequest.Builder request, URI address) {
    if (!secret.isEmpty() && (anywhere || safe(address))) {
      request.setHeader("Authorization", "Bearer " + secret);
    }
  }

  private static boolean safe(URI address) {
    String host = address.getHost();
    return address.getScheme().equals("https")
        || host.equals("localhost")
        || host.matches("127(\\.\\d+){3}")
        || host.equals("[::1]");
  }

  /** The text with every occurrence of the key taken out. */
  public String hide(String text) {
    return secret.isEmpty() ? text : text.replace(secret, HIDDEN);
  }

  /** Whether there is a key. */
  public boolean present() {
    return !secret.isEmpty();
  }

  @Override
  public String toString() {
    return present() ? "ApiKey" + HIDDEN : "ApiKey[none]";
  }
}
