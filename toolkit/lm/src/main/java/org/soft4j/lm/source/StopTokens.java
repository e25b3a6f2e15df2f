package org.soft4j.lm.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ConfigJson;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.tokenizer.EndTokens;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/**
 * The tokens that end a model's answers, and where each is said.
 *
 * <p>All that the files name count: eos_token_id of config.json and of generation_config.json (of
 * which transformers takes the latter alone), or the end of text, of turn and of message of a GGUF
 * file. Where no generation_config.json names one, tokens known by their usual names end answers
 * too, and in GGUF files always, as in llama.cpp.
 *
 * @param reasons by token id; the first is the one that training appends
 */
public record StopTokens(Map<Integer, String> reasons) {
  private static final String BY_NAME = "its name";

  public StopTokens {
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /** Those of a folder. */
  static StopTokens of(
      ConfigJson config,
      Optional<ConfigJson> generation,
      Architecture architecture,
      SpecialTokens special,
      Tokenizer tokenizer) {
    Map<Integer, String> reasons = new LinkedHashMap<>();
    int rows = architecture.vocabularySize();
    config.tokens("eos_token_id", rows).forEach(id -> reasons.putIfAbsent(id, "config.json"));
    List<Integer> named = new ArrayList<>();
    generation.ifPresent(g -> named.addAll(g.tokens("eos_token_id", rows)));
    named.forEach(id -> reasons.merge(id, "generation_config.json", (a, b) -> a + " and " + b));
    if (named.isEmpty()) {
      OptionalInt end = special.end();
      end.ifPresent(id -> reasons.putIfAbsent(id, "tokenizer_config.json"));
      byName(tokenizer, reasons);
    }
    return new StopTokens(reasons);
  }

  /** Those of a GGUF file. */
  static StopTokens of(GgufMetadata metadata, Tokenizer tokenizer) {
    Map<Integer, String> reasons = new LinkedHashMap<>();
    for (String name : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
      metadata.whole("tokenizer.ggml." + name).ifPresent(id -> reasons.putIfAbsent(id, name));
    }
    byName(tokenizer, reasons);
    return new StopTokens(reasons);
  }

  private static void byName(Tokenizer tokenizer, Map<Integer, String> reasons) {
    EndTokens.in(name -> tokenizer.special(tokenizer.id(name)) ? tokenizer.id(name) : -1)
        .values()
        .forEach(id -> reasons.putIfAbsent(id, BY_NAME));
  }

  /** The ids, in order. */
  public List<Integer> ids() {
    return List.copyOf(reasons.keySet());
  }
}
