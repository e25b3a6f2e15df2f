package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.lm.tokenizer.EndTokens;
import org.soft4j.lm.tokenizer.UserText;

/**
 * The bodies of chat completions and of legacy completions, written and read.
 *
 * @param model name that requests carry
 * @param dialect of the server
 */
record ChatWire(String model, Dialect dialect) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double[] UNTOLD = {};

  /** Body of POST chat/completions. */
  ObjectNode chat(ChatRequest request) {
    ObjectNode body = JSON.objectNode().put("model", model);
    ArrayNode messages = body.putArray("messages");
    for (ChatMessage message : request.messages()) {
      messages.addObject().put("role", message.role()).put("content", message.content());
    }
    sampling(body, request.sampling(), request.seed());
    body.put("max_tokens", request.maxNewTokens());
    stops(body, request.stopStrings());
    if (request.topLogProbabilities() > 0) {
      body.put("logprobs", true).put("top_logprobs", request.topLogProbabilities());
    }
    return body;
  }

  /** Body of POST completions, for a text to be continued as it is. */
  ObjectNode text(GenerationRequest request) {
    ObjectNode body = JSON.objectNode().put("model", model);
    body.put("prompt", UserText.unmarked(request.context()));
    sampling(body, request.sampling(), request.seed());
    body.put("max_tokens", request.maxNewTokens());
    stops(body, request.stopStrings());
    return body;
  }

  /**
   * The same for a context whose tokens are known, with everything told that decides where the text
   * ends, and with each token's own log-probability asked for.
   *
   * @param ends ids of tokens that end it
   */
  ObjectNode tokens(GenerationRequest request, int[] context, int[] ends, int maxNewTokens) {
    ObjectNode body = JSON.objectNode().put("model", model);
    ArrayNode prompt = body.putArray("prompt");
    Arrays.stream(context).forEach(prompt::add);
    sampling(body, request.sampling(), request.seed());
    body.put("max_tokens", maxNewTokens).put("logprobs", 0);
    stops(body, request.stopStrings());
    if (dialect.writesSpecialTokens() && ends.length > 0) {
      ArrayNode ids = body.putArray("stop_token_ids");
      Arrays.stream(ends).forEach(ids::add);
    }
    return body;
  }

  /** Log-probabilities of the new tokens, as far as the answer tells all of them. */
  static double[] newTokens(JsonNode answer, int count) throws Unusable {
    JsonNode values = choice(answer).path("logprobs").path("token_logprobs");
    double[] told = new double[values.size()];
    for (int i = 0; i < told.length; i++) {
      if (!values.get(i).isNumber() || !(values.get(i).asDouble() > EchoWire.IMPOSSIBLE)) {
        return UNTOLD;
      }
      told[i] = values.get(i).asDouble();
    }
    return told.length == count ? told : UNTOLD;
  }

  private void sampling(ObjectNode body, Sampling sampling, long seed) {
    body.setAll(dialect.fields(sampling));
    if (!sampling.greedy()) {
      // Some servers take 32 bits only.
      body.put("seed", seed & Integer.MAX_VALUE);
    }
  }

  /** These servers seek stop texts in the text they return, which has no special tokens else. */
  private void stops(ObjectNode body, List<String> stops) {
    if (!stops.isEmpty()) {
      ArrayNode array = body.putArray("stop");
      stops.forEach(array::add);
      if (dialect.writesSpecialTokens() && stops.stream().anyMatch(EndTokens::heldBy)) {
        body.put("skip_special_tokens", false);
      }
    }
  }

  /** Reads the answer to {@link #chat}. */
  ChatReply chatReply(JsonNode answer, int maxNewTokens) throws Unusable {
    JsonNode choice = choice(answer);
    JsonNode message = choice.path("message");
    if (!message.isObject()) {
      throw unusable(answer);
    }
    return reply(answer, choice, message.path("content"), maxNewTokens);
  }

  /** Reads the answer to {@link #text}. */
  ChatReply textReply(JsonNode answer, int maxNewTokens) throws Unusable {
    JsonNode choice = choice(answer);
    if (!choice.has("text")) {
      throw unusable(answer);
    }
    return reply(answer, choice, choice.path("text"), maxNewTokens);
  }

  private static ChatReply reply(
      JsonNode answer, JsonNode choice, JsonNode content, int maxNewTokens) {
    JsonNode usage = answer.path("usage");
    int newTokens = usage.path("completion_tokens").asInt(0);
    AnswerMessage message = new AnswerMessage(choice, content);
    Generation.Finish finish = finish(choice, newTokens >= maxNewTokens);
    return new ChatReply(
        message.text(),
        finish,
        message.caveats(),
        usage.path("prompt_tokens").asInt(0),
        newTokens,
        firstToken(choice.path("logprobs").path("content").path(0).path("top_logprobs")));
  }

  /** Where the server does not say why, a text as long as it may be was cut off. */
  private static Generation.Finish finish(JsonNode choice, boolean full) {
    String reason = choice.path("finish_reason").asText("");
    return switch (reason.startsWith(AnswerMessage.FILTER) ? AnswerMessage.FILTER : reason) {
      case "length", "max_tokens", Overflow.FINISH -> Generation.Finish.LENGTH;
      case AnswerMessage.FILTER, "refusal", "tool_calls", "function_call" ->
          Generation.Finish.OTHER;
      case "", "null" -> full ? Generation.Finish.LENGTH : Generation.Finish.STOP_TOKEN;
      // vLLM names the stop string. Others do not tell; a stop string is never part of the text.
      default ->
          choice.path("stop_reason").isTextual()
              ? Generation.Finish.STOP_STRING
              : Generation.Finish.STOP_TOKEN;
    };
  }

  private static Map<String, Double> firstToken(JsonNode top) {
    Map<String, Double> values = new TreeMap<>();
    top.forEach(
        token -> values.put(token.path("token").asText(), token.path("logprob").asDouble()));
    return values;
  }

  /** The first of the choices; more than one was never asked for. */
  static JsonNode choice(JsonNode answer) throws Unusable {
    JsonNode first = answer.path("choices").path(0);
    for (JsonNode choice : answer.path("choices")) {
      first = choice.path("index").asInt(-1) == 0 ? choice : first;
    }
    String finish = first.path("finish_reason").asText("");
    boolean failed = finish.equals("error") || finish.equals("abort");
    if (!first.isObject() || failed || first.path("error").isObject()) {
      throw unusable(answer);
    }
    return first;
  }

  private static Unusable unusable(JsonNode answer) {
    // Whoever shows this cuts it.
    return new Unusable("an object without an answer came: " + answer);
  }
}
