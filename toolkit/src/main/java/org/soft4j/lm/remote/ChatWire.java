package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.text.ChatMessage;
import org.soft4j.lm.text.UserText;

/**
 * The bodies of chat completions and of legacy completions, written and read.
 *
 * @param model name that requests carry
 */
record ChatWire(String model) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

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

  private static void sampling(ObjectNode body, Sampling sampling, long seed) {
    body.put("temperature", sampling.temperature());
    if (sampling.topP() < 1) {
      body.put("top_p", sampling.topP());
    }
    if (sampling.topK() > 0) {
      body.put("top_k", sampling.topK());
    }
    if (!sampling.greedy()) {
      // Some servers take 32 bits only.
      body.put("seed", seed & Integer.MAX_VALUE);
    }
  }

  private static void stops(ObjectNode body, List<String> stops) {
    if (!stops.isEmpty()) {
      ArrayNode array = body.putArray("stop");
      stops.forEach(array::add);
    }
  }

  /** Reads the answer to {@link #chat}. */
  ChatReply chatReply(JsonNode answer) throws Unusable {
    JsonNode message = choice(answer).path("message");
    if (!message.isObject()) {
      throw unusable(answer);
    }
    return reply(answer, message.path("content").asText(""));
  }

  /** Reads the answer to {@link #text}. */
  ChatReply textReply(JsonNode answer) throws Unusable {
    JsonNode text = choice(answer).path("text");
    if (!text.isTextual()) {
      throw unusable(answer);
    }
    return reply(answer, text.textValue());
  }

  private static ChatReply reply(JsonNode answer, String text) {
    JsonNode choice = answer.path("choices").path(0);
    JsonNode usage = answer.path("usage");
    return new ChatReply(
        text,
        !choice.path("finish_reason").asText("").equals("length"),
        usage.path("prompt_tokens").asInt(0),
        usage.path("completion_tokens").asInt(0),
        firstToken(choice.path("logprobs").path("content").path(0).path("top_logprobs")));
  }

  private static Map<String, Double> firstToken(JsonNode top) {
    Map<String, Double> values = new TreeMap<>();
    top.forEach(
        token -> values.put(token.path("token").asText(), token.path("logprob").asDouble()));
    return values;
  }

  static JsonNode choice(JsonNode answer) throws Unusable {
    JsonNode choice = answer.path("choices").path(0);
    if (!choice.isObject()) {
      throw unusable(answer);
    }
    return choice;
  }

  private static Unusable unusable(JsonNode answer) {
    // Whoever shows this cuts it.
    return new Unusable("an object without an answer came: " + answer);
  }
}
