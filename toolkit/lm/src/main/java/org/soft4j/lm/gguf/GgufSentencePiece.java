package org.soft4j.lm.gguf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.tokenizer.EndTokens;
import org.soft4j.lm.tokenizer.SentencePieceTokenizer;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Kind;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Prefix;

/** The SentencePiece tokenizer inside a GGUF file (tokenizer.ggml.model "llama"). */
final class GgufSentencePiece {
  private static final String PREFIX = "tokenizer.ggml.";

  private final GgufMetadata metadata;
  private final List<String> tokens;

  private GgufSentencePiece(GgufMetadata metadata) {
    this.metadata = metadata;
    this.tokens =
        metadata
            .texts(PREFIX + "tokens")
            .orElseThrow(() -> metadata.damaged("has no " + PREFIX + "tokens"));
  }

  static SentencePieceTokenizer read(GgufMetadata metadata) {
    GgufSentencePiece file = new GgufSentencePiece(metadata);
    file.refuseNormalization();
    return new SentencePieceTokenizer(
        file.vocabulary(),
        file.added("add_bos_token", true, "bos_token_id"),
        file.added("add_eos_token", false, "eos_token_id"));
  }

  private void refuseNormalization() {
    if (metadata.flag(PREFIX + "remove_extra_whitespaces").orElse(false)
        || metadata.has(PREFIX + "precompiled_charsmap")) {
      throw ModelErrors.unsupported(
          metadata.file(),
          "its tokenizer changes the text before cutting it",
          "Use the model's Hugging Face folder with its tokenizer.json instead.");
    }
  }

  private SentencePieceVocabulary vocabulary() {
    boolean prefixed = metadata.flag(PREFIX + "add_space_prefix").orElse(true);
    try {
      return new SentencePieceVocabulary(
          tokens, scores(), kinds(), prefixed ? Prefix.EVERY_PART : Prefix.NONE);
    } catch (IllegalArgumentException e) {
      throw metadata.damaged("has a tokenizer with " + e.getMessage());
    }
  }

  private float[] scores() {
    GgufMetadata.Numbers numbers = numbers("scores");
    float[] scores = new float[numbers.count()];
    for (int id = 0; id < scores.length; id++) {
      scores[id] =
          numbers.get(id) instanceof Number number ? number.floatValue() : refuse("scores", id);
    }
    return scores;
  }

  private List<Kind> kinds() {
    GgufMetadata.Numbers numbers = numbers("token_type");
    List<Kind> kinds = new ArrayList<>(numbers.count());
    for (int id = 0; id < numbers.count(); id++) {
      int at = id;
      Optional<Kind> said =
          numbers.get(id) instanceof Long number ? Kind.of(number) : Optional.empty();
      kinds.add(kind(id, said.orElseGet(() -> refuse("token_type", at))));
    }
    return kinds;
  }

  /** Some exporters mark the end of a turn as ordinary text; llama.cpp, too, goes by its name. */
  private Kind kind(int id, Kind said) {
    boolean ends = id < tokens.size() && EndTokens.known(tokens.get(id));
    return ends && (said == Kind.NORMAL || said == Kind.USER_DEFINED) ? Kind.CONTROL : said;
  }

  private GgufMetadata.Numbers numbers(String key) {
    return metadata
        .numbers(PREFIX + key)
        .orElseThrow(() -> metadata.damaged("has no " + PREFIX + key));
  }

  private <T> T refuse(String key, int id) {
    throw metadata.damaged(
        "%s%s of token %s is %s".formatted(PREFIX, key, id, numbers(key).get(id)));
  }

  private OptionalInt added(String flag, boolean byDefault, String key) {
    if (!metadata.flag(PREFIX + flag).orElse(byDefault)) {
      return OptionalInt.empty();
    }
    int id =
        metadata
            .whole(PREFIX + key)
            .orElseThrow(() -> metadata.damaged("adds a token but has no " + PREFIX + key));
    if (id >= tokens.size()) {
      throw metadata.damaged(PREFIX + key + " " + id + " is no token");
    }
    return OptionalInt.of(id);
  }
}
