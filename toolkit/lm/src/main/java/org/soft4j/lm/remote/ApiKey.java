package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  // Shorter ones are stand-ins for servers that want some key, such as none or EMPTY: words that
  // answers may hold for reasons of their own.
  private static final int SHORTEST_SECRET = 6;

  private final String secret;
  private final boolean anywhere;
  private final Optional<Pattern> spellings;

  private ApiKey(String secret, boolean anywhere) {
    this.secret = secret;
    this.anywhere = anywhere;
    spellings =
        secret.length() < SHORTEST_SECRET ? Optional.empty() : Optional.of(KeySpellings.of(secret));
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

  /** The text with the key taken out, however it is spelled. */
  public String hide(String text) {
    return spellings.isEmpty() || text.length() < secret.length()
        ? text
        : spellings.get().matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN));
  }

  /**
   * Takes the key out of every text of a tree.
   *
   * @return whether it was there
   */
  boolean hideIn(JsonNode tree) {
    boolean found = false;
    if (tree instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        found |= hidden(field.getValue(), field::setValue);
      }
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        found |= hidden(array.get(i), text -> array.set(index, text));
      }
    }
    return found;
  }

  private boolean hidden(JsonNode node, Consumer<JsonNode> place) {
    if (!node.isTextual()) {
      return hideIn(node);
    }
    String text = hide(node.textValue());
    if (text.equals(node.textValue())) {
      return false;
    }
    place.accept(TextNode.valueOf(text));
    return true;
  }

  /** The error with the key taken out of its words and of those of its causes. */
  UserError hide(UserError error) {
    return new UserError(hide(error.problem()), hide(error.remedy()), hide(error.getCause()));
  }

  private Throwable hide(Throwable cause) {
    if (cause == null || spellings.isEmpty()) {
      return cause;
    }
    Exception told = new IOException(hide(cause.toString()), hide(cause.getCause()));
    told.setStackTrace(cause.getStackTrace());
    return told;
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
