package org.soft4j.lm.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Kind;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Prefix;

/**
 * What a GGUF file says of a tokenizer, for one that is written from other files. A tokenizer that
 * GGUF has no words for is refused, since llama.cpp would cut texts otherwise in silence.
 */
public final class GgufVocabulary {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final int NORMAL = 1;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int UNUSED = 5;

  private final Path file;
  private final JsonNode json;
  private final String[] tokens;
  private final int[] types;

  private GgufVocabulary(Path file, JsonNode json, int rows) {
    this.file = file;
    this.json = json;
    tokens = new String[rows];
    types = new int[rows];
  }

  /**
   * Adds the keys of byte-level BPE.
   *
   * @param file for messages
   * @param json of a tokenizer.json
   * @param rows of the embedding, of which each has a name in a GGUF file
   * @throws UserError if llama.cpp would cut texts otherwise
   */
  public static void write(Path file, JsonNode json, int rows, GgufValues values) {
    new GgufVocabulary(file, json, rows).bytePairs(values);
  }

  private void bytePairs(GgufValues values) {
    JsonNode model = json.path("model");
    refuseUnless(
        model.path("type").asText("").equals("BPE"), "is of type " + model.path("type").asText());
    refuseUnless(
        !model.path("byte_fallback").asBoolean(false)
            && json.path("decoder").path("type").asText("").equals("ByteLevel"),
        "is no byte-level BPE (one made from SentencePiece needs its tokenizer.model)");
    for (String field : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      refuseUnless(model.path(field).asText("").matches("|null"), "has a " + field);
    }
    List<String> merges = merges(model);
    String pre =
        PreTokenizers.named(json, merges)
            .orElseThrow(() -> refused("cuts texts in a way that has no name in GGUF files"));
    model.path("vocab").properties().forEach(e -> put(e.getValue().asInt(-1), e.getKey(), NORMAL));
    json.path("added_tokens").forEach(this::added);
    pad();
    values.text(PREFIX + "model", "gpt2").text(PREFIX + "pre", pre);
    values.texts(PREFIX + "tokens", List.of(tokens)).wholes(PREFIX + "token_type", types);
    values.texts(PREFIX + "merges", merges);
  }

  private List<String> merges(JsonNode model) {
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : model.path("merges")) {
      String text =
          merge.isTextual()
              ? merge.asText()
              : merge.path(0).asText() + " " + merge.path(1).asText();
      refuseUnless(text.chars().filter(c -> c == ' ').count() == 1, "merges tokens with spaces");
      merges.add(text);
    }
    return merges;
  }

  private void added(JsonNode token) {
    String text = token.path("content").asText();
    for (String field : List.of("single_word", "lstrip", "rstrip")) {
      refuseUnless(
          !token.path(field).asBoolean(false), "has the token %s with %s".formatted(text, field));
    }
    boolean special = token.path("special").asBoolean(false);
    put(token.path("id").asInt(-1), text, special ? CONTROL : USER_DEFINED);
  }

  private void put(int id, String token, int type) {
    if (id < 0 || id >= tokens.length) {
      throw ModelErrors.damaged(file, "has the token \"%s\" at %s".formatted(token, id));
    }
    tokens[id] = token;
    types[id] = type;
  }

  /** Rows of the embedding that no token uses have names too, those of llama.cpp's converter. */
  private void pad() {
    for (int id = 0; id < tokens.length; id++) {
      if (tokens[id] == null) {
        put(id, "[PAD" + id + "]", UNUSED);
      }
    }
  }

  private void refuseUnless(boolean holds, String why) {
    if (!holds) {
      throw refused(why);
    }
  }

  private UserError refused(String why) {
    return new UserError(
        "%s: the tokenizer %s, so that a GGUF file cannot hold it exactly.".formatted(file, why),
        "Write a Hugging Face folder (--format hf), and let llama.cpp's own converter decide.");
  }

  /**
   * Adds the keys of a SentencePiece BPE model.
   *
   * @param rows of the embedding
   */
  public static void write(SentencePieceVocabulary pieces, int rows, GgufValues values) {
    List<String> tokens = new ArrayList<>(pieces.pieces());
    List<Kind> kinds = new ArrayList<>(pieces.kinds());
    for (int id = tokens.size(); id < rows; id++) {
      tokens.add("[PAD" + id + "]");
    }
    kinds.addAll(Collections.nCopies(rows - kinds.size(), Kind.UNUSED));
    values.text(PREFIX + "model", "llama").text(PREFIX + "pre", "default");
    values.texts(PREFIX + "tokens", tokens);
    values.numbers(PREFIX + "scores", Arrays.copyOf(pieces.scores(), rows));
    values.wholes(PREFIX + "token_type", kinds.stream().mapToInt(k -> k.ordinal() + 1).toArray());
    values.flag(PREFIX + "add_space_prefix", pieces.prefix() != Prefix.NONE);
  }

  /**
   * Adds which tokens begin and end a text, and whether they are put there.
   *
   * @param ids by the end of their key, such as {@code bos}
   */
  public static void special(
      Map<String, Integer> ids, boolean begins, boolean ends, GgufValues values) {
    ids.forEach((name, id) -> values.count(PREFIX + name + "_token_id", id));
    values.flag(PREFIX + "add_bos_token", begins).flag(PREFIX + "add_eos_token", ends);
  }
}
