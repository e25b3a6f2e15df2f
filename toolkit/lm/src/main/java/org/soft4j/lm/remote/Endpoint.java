package org.soft4j.lm.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.soft4j.core.UserError;

/**
 * Where a remote model is, and which one it is: {@code http(s)://host[:port]/v1#model}. Without
 * {@code #model} the server is asked; it must then serve one model only.
 *
 * @param base address without a slash at its end
 * @param model name that requests carry, where it was given
 */
public record Endpoint(URI base, Optional<String> model) {
  private static final String EXAMPLE =
      "Write it as http://localhost:8000/v1#model-name; keys belong into SOFT4J_API_KEY.";

  /** Whether a text that names a model is an address rather than a file or a name. */
  public static boolean isAddress(String text) {
    return text.startsWith("http://") || text.startsWith("https://");
  }

  /** Reads an address; what could carry a secret is refused without being quoted. */
  public static Endpoint parse(String text) {
    if (text.contains("@") || text.contains("?")) {
      throw new UserError(
          "The endpoint's address holds a user name or a query, which may carry a secret.",
          EXAMPLE);
    }
    try {
      URI whole = new URI(text);
      if (!isAddress(text) || whole.getHost() == null) {
        throw new UserError("\"" + text + "\" is no address of an endpoint.", EXAMPLE);
      }
      String path = whole.getPath().replaceAll("/+$", "");
      return new Endpoint(
          new URI(whole.getScheme(), null, whole.getHost(), whole.getPort(), path, null, null),
          Optional.ofNullable(whole.getFragment()).filter(name -> !name.isBlank()));
    } catch (URISyntaxException e) {
      throw new UserError("\"" + text + "\" is no address of an endpoint.", EXAMPLE, e);
    }
  }

  /** Address of one of the server's functions, such as {@code chat/completions}. */
  URI at(String path) {
    return URI.create(base + "/" + path);
  }
}
