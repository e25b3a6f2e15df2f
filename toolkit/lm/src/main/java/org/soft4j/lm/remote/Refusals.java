package org.soft4j.lm.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.Printable;
import org.soft4j.core.UserError;

/**
 * Words for answers that another attempt would not change.
 *
 * @param key taken out of whatever the server says
 */
record Refusals(ApiKey key) {
  // Enough to recognise an error page or a proxy's login form.
  private static final int SHOWN = 200;
  // OpenAI's and Azure's names.
  private static final List<String> FILTERS = List.of("content_filter", "content_policy_violation");
  private static final String FILTERED =
      "{\"choices\": [{\"finish_reason\": \"content_filter\", \"message\": {}, \"text\": null}]}";
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]{0,99}>([^<]{0,200})", Pattern.CASE_INSENSITIVE);
  private static final ObjectMapper MAPPER = BoundedJson.ofAnswers();

  UserError of(URI address, int status, HttpHeaders headers, String text) {
    String problem = address + " answers with HTTP status " + status + ": " + beginning(text);
    return switch (status / 100 == 3 ? 300 : status) {
      case 300 ->
          new UserError(
              "%s points to another address, %s; redirects are not followed, since the key would go"
                      .formatted(
                          address, beginning(headers.firstValue("Location").orElse("not named")))
                  + " with them.",
              "Name that address itself if you trust it.");
      case 401, 403 ->
          new UserError(
              problem,
              key.present()
                  ? "The server refuses the key (or it may not go there): OPENAI_API_KEY is sent"
                      + " over https or to this machine only, SOFT4J_API_KEY anywhere."
                  : "No key is set: export SOFT4J_API_KEY=… (or OPENAI_API_KEY).");
      case 404, 405 ->
          new UserError(
              problem, "Check the address (it mostly ends in /v1) and the model's name after #.");
      case 413, 400, 422 ->
          new UserError(
              problem,
              "The server cannot do what was asked; its own words above say what. A shorter text or"
                  + " another model may help.");
      default -> new UserError(problem, "Check the server and its own log.");
    };
  }

  /**
   * A prompt that a content filter turns away is that item's answer, not the end of the job: the
   * answer that the server would have sent had it filtered the answer instead.
   */
  Optional<JsonNode> filtered(int status, String text) {
    if (status != 400 && status != 403) {
      return Optional.empty();
    }
    try {
      JsonNode error = MAPPER.readTree(text).path("error");
      String code = error.path("code").asText("");
      return FILTERS.contains(code) ? Optional.of(MAPPER.readTree(FILTERED)) : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** For an answer that another attempt would not make shorter. */
  UserError tooLong(URI address, int most, String text) {
    return new UserError(
        String.format(
            Locale.ROOT,
            "%s sends an answer of more than %,d bytes; it begins: %s",
            address,
            most,
            beginning(text)),
        "The server seems not to keep to max_tokens; check it, then run the same command again.");
  }

  /** What came with a status of success and is no object of JSON. */
  Unusable notJson(HttpHeaders headers, String text) {
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean page = type.startsWith("text/html") || type.startsWith("application/xhtml");
    Matcher title = TITLE.matcher(text);
    String kind = "";
    if (page) {
      String name = title.find() ? beginning(title.group(1)) : "without a title";
      kind = " a web page (" + name + "), as logins and proxies send";
    } else if (type.startsWith("text/event-stream")) {
      kind = " a stream of events that was not asked for";
    } else if (!type.isEmpty() && !type.contains("json") && !type.startsWith("text/plain")) {
      kind = " " + beginning(type);
    }
    return new Unusable("no JSON object came, but" + kind + ": " + beginning(text), page);
  }

  /** The first characters of what came, on one line, without the key. */
  String beginning(String text) {
    String line = Printable.line(key.hide(text).strip().replaceAll("\\s+", " "));
    if (line.isEmpty()) {
      return "(nothing)";
    }
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
