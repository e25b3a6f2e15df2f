package org.soft4j.lm.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.BoundedJson;

/**
 * A server's refusal of a request that does not fit into its model's window, known by the words of
 * OpenAI, vLLM, SGLang, llama.cpp's server and llama-cpp-python. Such a refusal is about that one
 * text and says nothing about the next.
 *
 * @param window of the model in tokens; 0 where the server does not say
 * @param input tokens of the text; 0 likewise
 */
record Overflow(int window, int input) {
  /** In place of the reason for which an answer ended; no server writes it. */
  static final String FINISH = "soft4j_no_room";

  private static final String ROOM = "soft4j_room";
  private static final List<String> CODES =
      List.of("context_length_exceeded", "exceed_context_size_error");

  // Sought at a message's beginning alone: behind it may stand what was asked. The groups are the
  // window and the text's own tokens, where they are told.
  private static final List<Pattern> WORDS =
      List.of(
          words(
              "(?:'max_tokens' or 'max_completion_tokens' is too large: \\d+\\. )?"
                  + "This (?:model|endpoint)'s maximum context length is (?<window>\\d+) tokens"
                  + "(?:.{0,120}?(?:\\(|has |contains (?:at least )?|resulted in )(?<input>\\d+)"
                  + " (?:input tokens|tokens|in the (?:messages|prompt)))?"),
          words(
              "Requested token count exceeds the model's maximum context length of"
                  + " (?<window>\\d+) tokens(?:.{0,80}: (?<input>\\d+) tokens from the input)?"),
          words(
              "The input \\((?<input>\\d+) tokens\\) is longer than the model's context length"
                  + " \\((?<window>\\d+) tokens\\)"),
          words(
              "Input length \\((?<input>\\d+) tokens\\) exceeds the maximum allowed length"
                  + " \\((?<window>\\d+) tokens\\)"),
          words(
              "The (?:decoder |encoder )?prompt \\((?:total )?length (?<input>\\d+)\\) is (?:longer"
                  + " than|too long to fit into) the (?:maximum )?model(?:'s)? .{0,40}?length"
                  + "(?: of)? \\(?(?<window>\\d+)"),
          words("Input tokens exceed the configured limit of (?<window>\\d+) tokens(?<input>)"),
          words(
              "(?:the )?request (?:\\((?<input>\\d+) tokens\\) )?exceeds the available context size"
                  + "(?: \\((?<window>\\d+) tokens\\))?"),
          words("Requested tokens \\((?<input>\\d+)\\) exceed context window of (?<window>\\d+)"),
          words("(?<window>)(?<input>)max_tokens must be at least 1, got -\\d+"));
  private static final ObjectMapper MAPPER = BoundedJson.ofAnswers();

  private static Pattern words(String words) {
    return Pattern.compile("(?:\\w+Error: )?" + words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /**
   * What a refusal says of the window; empty where it is about something else.
   *
   * @param status of the answer; older servers of llama.cpp send 500
   */
  static Optional<Overflow> of(int status, String text) {
    if (status != 400 && status != 413 && status != 422 && status != 500) {
      return Optional.empty();
    }
    JsonNode error = error(text);
    boolean coded =
        CODES.contains(error.path("code").asText(""))
            || CODES.contains(error.path("type").asText(""));
    Optional<Overflow> worded =
        WORDS.stream()
            .map(words -> words.matcher(error.path("message").asText("").strip()))
            .filter(Matcher::lookingAt)
            .findFirst()
            .map(found -> new Overflow(number(found, "window"), number(found, "input")));
    return worded.isPresent() || !coded
        ? worded
        : Optional.of(
            new Overflow(error.path("n_ctx").asInt(0), error.path("n_prompt_tokens").asInt(0)));
  }

  /** OpenAI's form has an object below "error", vLLM's older one is that object itself. */
  private static JsonNode error(String text) {
    try {
      JsonNode answer = MAPPER.readTree(text);
      return answer.path("error").isObject() ? answer.path("error") : answer;
    } catch (JsonProcessingException notJson) {
      return MAPPER.missingNode();
    }
  }

  private static int number(Matcher found, String group) {
    try {
      String digits = found.group(group);
      return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    } catch (NumberFormatException beyond) {
      return 0;
    }
  }

  /** As the answer that a server would send which tells it by a finish reason. */
  JsonNode answer() {
    var answer = MAPPER.createObjectNode();
    answer
        .putArray("choices")
        .addObject()
        .put("finish_reason", FINISH)
        .put("text", "")
        .putObject("message");
    answer.put(ROOM, input > 0 && window > input ? window - input : 0);
    return answer;
  }

  /** New tokens for which there would have been room, where a request asked for more; else 0. */
  static int room(JsonNode answer) {
    return answer.path(ROOM).asInt(0);
  }

  /** Whether this is no answer, but {@link #answer()}. */
  static boolean is(JsonNode choice) {
    return choice.path("finish_reason").asText("").equals(FINISH);
  }
}
