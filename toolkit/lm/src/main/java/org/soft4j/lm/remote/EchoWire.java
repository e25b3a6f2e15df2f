package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.template.value.PythonText;

/**
 * Scores a continuation by legacy completions with {@code echo}: the server repeats the prompt with
 * each token's log-probability.
 *
 * <p>White space at the context's end belongs to the continuation, as in lm-evaluation-harness
 * (lm_eval/api/model.py). Where a token reaches over the border there is no score: the harness
 * feeds the context's own tokens, which a server that takes texts cannot be told.
 *
 * @param model name that requests carry
 * @param server for words
 */
record EchoWire(String model, String server) {
  /** What vLLM writes for a probability of zero. */
  static final double IMPOSSIBLE = -9999;

  /** Body of POST completions; one token is generated, since some servers refuse none. */
  ObjectNode body(ScoreRequest request) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
    return asked(body.put("prompt", request.context() + request.continuation()));
  }

  /** The same for a text whose tokens are known, which a server may take in its place. */
  ObjectNode body(int[] tokens) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
    ArrayNode prompt = body.putArray("prompt");
    Arrays.stream(tokens).forEach(prompt::add);
    return asked(body);
  }

  private static ObjectNode asked(ObjectNode body) {
    return body.put("temperature", 0).put("max_tokens", 1).put("logprobs", 1).put("echo", true);
  }

  /**
   * Reads the answer to a text of so many tokens, of which the last are scored.
   *
   * @return empty where it tells nothing of them, or speaks of another number of tokens
   */
  Optional<Score> score(int tokens, int targets, JsonNode answer) throws Unusable {
    JsonNode choice = ChatWire.choice(answer);
    if (Overflow.is(choice)) {
      return Optional.of(Score.unscored(Caveat.OVER_WINDOW));
    }
    JsonNode values = choice.path("logprobs").path("token_logprobs");
    JsonNode tops = choice.path("logprobs").path("top_logprobs");
    int counted = answer.path("usage").path("prompt_tokens").asInt(tokens);
    return counted == tokens && values.size() >= tokens && tops.size() >= tokens
        ? Optional.of(score(values, tops, tokens - targets, tokens))
        : Optional.empty();
  }

  /**
   * Reads the answer.
   *
   * @return empty where the tokens that came are not those of the text
   */
  Optional<Score> score(ScoreRequest request, JsonNode answer) throws Unusable {
    JsonNode choice = ChatWire.choice(answer);
    if (Overflow.is(choice)) {
      return Optional.of(Score.unscored(Caveat.OVER_WINDOW));
    }
    JsonNode told = choice.path("logprobs");
    JsonNode values = told.path("token_logprobs");
    JsonNode tokens = told.path("tokens");
    JsonNode tops = told.path("top_logprobs");
    if (!tokens.isArray() || !values.isArray() || !tops.isArray()) {
      return Optional.empty();
    }
    List<String> echoed = echoed(tokens, answer.path("usage").path("prompt_tokens").asInt(0));
    if (echoed.isEmpty() || values.size() < echoed.size() || tops.size() < echoed.size()) {
      return Optional.empty();
    }
    String prompt = request.context() + request.continuation();
    // As Python strips: no-break spaces are white space too.
    int border = PythonText.stripped(request.context(), false, true).length();
    return EchoTokens.firstBehind(echoed, prompt, border)
        .map(
            first ->
                first.whole()
                    ? score(values, tops, first.index(), echoed.size())
                    : Score.unscored(Caveat.BORDER_IN_TOKEN));
  }

  /** For a server none of whose echoes can be read. */
  UserError refusal() {
    return new UserError(
        server + " does not return the log-probabilities of an echoed prompt.",
        "Log-likelihood tasks need a server whose /completions takes echo with logprobs (vLLM"
            + " does); or name a local model.");
  }

  /** The prompt's tokens: without the one that was generated, where the server counts them. */
  private static List<String> echoed(JsonNode tokens, int promptTokens) {
    int count = promptTokens > 0 ? Math.min(promptTokens, tokens.size()) : tokens.size() - 1;
    List<String> echoed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      echoed.add(tokens.get(i).asText());
    }
    return echoed;
  }

  private Score score(JsonNode values, JsonNode tops, int from, int to) {
    double[] each = new double[to - from];
    boolean greedy = true;
    for (int i = from; i < to; i++) {
      each[i - from] = logProbability(values.get(i), i);
      for (JsonNode top : tops.get(i)) {
        greedy &= each[i - from] >= top.asDouble();
      }
    }
    return new Score(Arrays.stream(each).sum(), each.length, greedy, each, new double[0]);
  }

  /**
   * A token's log-probability. Only the first token of a text may have none. Servers that cannot
   * write minus infinity as JSON send null or vLLM's -9999 for it; a sum over such a stand-in would
   * be a number like any other.
   */
  private double logProbability(JsonNode value, int token) {
    if (!value.isNumber() && token == 0) {
      throw unconditional();
    }
    if (!value.isNumber() || !(value.asDouble() > IMPOSSIBLE)) {
      throw new UserError(
          "%s tells no log-probability for token %s of an echoed prompt, but %s."
              .formatted(server, token + 1, value),
          "A model whose logits overflow gives none: let the server compute in bfloat16 or"
              + " float32, and mask no tokens.");
    }
    return value.asDouble();
  }

  private UserError unconditional() {
    return new UserError(
        server + " tells no log-probability for a text's first token.",
        "Give the continuation a context, or use a model whose tokenizer begins every text with a"
            + " token of its own.");
  }
}
