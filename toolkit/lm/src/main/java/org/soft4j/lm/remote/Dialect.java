package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.soft4j.lm.Sampling;

/**
 * The server's own kind, as far as it tells it in its list of models. Servers of a known kind take
 * more than OpenAI's interface has, and fill what is absent from the model's generation_config.json
 * or from defaults of their own; to them everything is sent, so that greedy is greedy. Others may
 * refuse fields that they do not know, and get those of OpenAI's interface alone.
 */
enum Dialect {
  /** vLLM; sampling that is absent comes from generation_config.json. */
  VLLM("vllm", 0, "repetition_penalty"),
  /** SGLang; the same, but no limit is -1 for it, and 0 is refused. */
  SGLANG("sglang", -1, "repetition_penalty"),
  /** The server of llama.cpp; absent are top_k 40, top_p 0.95 and min_p 0.05. */
  LLAMA_CPP("llamacpp", 0, "repeat_penalty"),
  /** Ollama; it passes over what OpenAI's interface has not, and takes that from its Modelfile. */
  OLLAMA("library", 0, ""),
  /** Anything else. */
  OTHER("", 0, "");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String owner;
  private final int noTopK;
  private final String penalty;

  Dialect(String owner, int noTopK, String penalty) {
    this.owner = owner;
    this.noTopK = noTopK;
    this.penalty = penalty;
  }

  /** Reads GET models: {@code owned_by} of any of its models. */
  static Dialect of(JsonNode models) {
    for (JsonNode model : models.path("data")) {
      String owned = model.path("owned_by").asText("").toLowerCase(Locale.ROOT);
      for (Dialect dialect : values()) {
        if (dialect != OTHER && dialect.owner.equals(owned.replace(".", ""))) {
          return dialect;
        }
      }
    }
    return OTHER;
  }

  /** In files: {@code vllm}, or {@code other}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can be told to write special tokens out. */
  boolean writesSpecialTokens() {
    return this == VLLM || this == SGLANG;
  }

  /** What a user must know of a server that cannot be told everything. */
  Optional<String> warning() {
    return this == OLLAMA
        ? Optional.of(
            "Ollama takes no top_k, min_p and repeat_penalty from requests: those of its Modelfile"
                + " hold, so that greedy may not be greedy")
        : Optional.empty();
  }

  /** Every field of a request that decides how tokens are drawn, besides the seed. */
  ObjectNode fields(Sampling sampling) {
    ObjectNode fields = JSON.objectNode();
    fields.put("temperature", sampling.temperature());
    fields.put("top_p", sampling.topP());
    if (!penalty.isEmpty()) {
      fields.put("top_k", sampling.topK() > 0 ? sampling.topK() : noTopK);
      fields.put("min_p", 0.0);
      fields.put(penalty, 1.0);
    } else if (sampling.topK() > 0) {
      fields.put("top_k", sampling.topK());
    }
    return fields;
  }
}
