package org.soft4j.track;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.Json;
import org.soft4j.core.Printable;
import org.soft4j.core.UserError;
import org.soft4j.lm.remote.ApiKey;

/**
 * The few calls of MLflow's REST API that a run needs. MLflow's own Java client brings an HTTP
 * client, protocol buffers and a second JSON library, drops whole batches for one unfit name, and
 * starts Python for artifacts.
 *
 * @see <a href="https://mlflow.org/docs/latest/rest-api.html">REST API</a>
 */
final class MlflowServer {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 4 << 20;
  private static final int SHOWN = 300;
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
  private static final String SENDABLE = "[!-~]*";
  private static final String MISSING = "RESOURCE_DOES_NOT_EXIST";

  private final String base;
  private final Optional<String> authorization;
  private final List<ApiKey> secrets;
  private final HttpClient client;

  /**
   * A server.
   *
   * @param address without a slash at its end
   * @param environment holds MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and
   *     MLFLOW_TRACKING_PASSWORD, where the server wants them; they are written nowhere
   */
  MlflowServer(URI address, Map<String, String> environment) {
    base = address.toString().replaceAll("/+$", "");
    authorization = authorization(environment);
    secrets = secrets(environment);
    // A redirect would carry the token to where it leads.
    client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.getOrDefault(TOKEN, "").strip();
    if (!token.matches(SENDABLE)) {
      // The header would be refused by an exception that quotes it.
      throw new UserError(
          TOKEN + " holds blanks or characters beyond ASCII, which no token has.",
          "Set it again: export " + TOKEN + "=…");
    }
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String pair = user + ":" + environment.getOrDefault(PASSWORD, "");
    return user.isBlank()
        ? Optional.empty()
        : Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /** What must not be shown, in any spelling. */
  private static List<ApiKey> secrets(Map<String, String> environment) {
    return Stream.of(TOKEN, PASSWORD)
        .map(name -> environment.getOrDefault(name, "").strip())
        .filter(secret -> secret.matches(SENDABLE))
        .map(secret -> ApiKey.fromEnvironment(Map.of("SOFT4J_API_KEY", secret)))
        .toList();
  }

  /** A call that changes something. */
  JsonNode post(String call, JsonNode content) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("/api/2.0/mlflow/" + call);
    return answer(
        request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(content.toString()))
            .build());
  }

  /** A call that asks; empty where there is no such thing. */
  Optional<JsonNode> get(String call, String key, String value)
      throws IOException, InterruptedException {
    String query = key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    try {
      return Optional.of(answer(request("/api/2.0/mlflow/" + call + "?" + query).build()));
    } catch (Refused refused) {
      if (refused.getMessage().contains(MISSING)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** Sends a file by the server's own route for artifacts. */
  void upload(String place, Path file) throws IOException, InterruptedException {
    BodyPublisher content = BodyPublishers.ofFile(file);
    String type = file.toString().endsWith(".html") ? "text/html" : "text/plain; charset=utf-8";
    answer(
        request("/api/2.0/mlflow-artifacts/artifacts/" + place)
            .header("Content-Type", type)
            .PUT(content)
            .build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    byte[] bytes;
    try (InputStream in = response.body()) {
      bytes = in.readNBytes(MOST_BYTES);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (response.statusCode() / 100 != 2) {
      throw new Refused("the server answered %s: %s".formatted(response.statusCode(), shown(text)));
    }
    return text.isBlank()
        ? Json.mapper().createObjectNode()
        : BoundedJson.ofAnswers().readTree(text);
  }

  /** A server may repeat what it was sent. */
  private String shown(String text) {
    String hidden = text;
    if (authorization.isPresent()) {
      String sent = authorization.get();
      hidden = hidden.replace(sent.substring(sent.indexOf(' ') + 1), "[key]");
    }
    for (ApiKey secret : secrets) {
      hidden = secret.hide(hidden);
    }
    String line = Printable.line(hidden.strip());
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }

  /** The server did not do what it was asked for. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
