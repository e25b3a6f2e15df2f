package org.soft4j.lm.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.SentencePieceFile;
import org.soft4j.lm.tokenizer.JsonTokenizer;
import org.soft4j.lm.tokenizer.SentencePieceTokenizer;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Kind;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Prefix;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/** The tokenizer of a model folder: tokenizer.json, or a SentencePiece tokenizer.model alone. */
public final class FolderTokenizer {
  private static final String JSON = "tokenizer.json";
  private static final String PIECES = "tokenizer.model";

  private FolderTokenizer() {}

  /** The file that holds the tokenizer. */
  static Path file(Path folder) {
    Path pieces = folder.resolve(PIECES);
    Path json = folder.resolve(JSON);
    if (!Files.isRegularFile(json) && Files.isRegularFile(pieces)) {
      return pieces;
    }
    if (!Files.isRegularFile(json)) {
      throw new UserError(
          folder + " has neither " + JSON + " nor " + PIECES + ".",
          Files.isRegularFile(folder.resolve("vocab.json"))
              ? "vocab.json alone does not say how text is cut: get the model's " + JSON + "."
              : "Fetch or copy the model's " + JSON + " into this folder.");
    }
    return json;
  }

  public static Tokenizer open(Path folder) {
    Path file = file(folder);
    return file.endsWith(JSON) ? JsonTokenizer.open(file) : pieces(folder, file);
  }

  /** The pieces of a folder's tokenizer.model and the tokens added later, where it has one. */
  public static Optional<SentencePieceVocabulary> vocabulary(Path folder) {
    Path file = folder.resolve(PIECES);
    return Files.isRegularFile(file)
        ? Optional.of(vocabulary(file, config(folder)))
        : Optional.empty();
  }

  private static SentencePieceVocabulary vocabulary(Path file, JsonNode config) {
    Prefix prefix = config.path("legacy").asBoolean(true) ? Prefix.EVERY_PART : Prefix.TEXT;
    return withAdded(SentencePieceFile.read(file, prefix), config, file);
  }

  private static JsonNode config(Path folder) {
    return JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"))
        .orElse(MissingNode.getInstance());
  }

  private static Tokenizer pieces(Path folder, Path file) {
    JsonNode config = config(folder);
    SentencePieceVocabulary vocabulary = vocabulary(file, config);
    return new SentencePieceTokenizer(
        vocabulary,
        added(vocabulary, config, "bos_token", "<s>", true, file),
        added(vocabulary, config, "eos_token", "</s>", false, file));
  }

  private static OptionalInt added(
      SentencePieceVocabulary vocabulary,
      JsonNode config,
      String key,
      String usual,
      boolean byDefault,
      Path file) {
    if (!config.path("add_" + key).asBoolean(byDefault)) {
      return OptionalInt.empty();
    }
    JsonNode named = config.path(key);
    String token = named.isTextual() ? named.asText() : named.path("content").asText(usual);
    int id = vocabulary.pieces().indexOf(token);
    if (id < 0) {
      throw ModelErrors.damaged(file, "has no piece \"" + token + "\", which is to be added");
    }
    return OptionalInt.of(id);
  }

  /** Tokens that were added to the model later stand in tokenizer_config.json. */
  private static SentencePieceVocabulary withAdded(
      SentencePieceVocabulary vocabulary, JsonNode config, Path file) {
    List<String> pieces = new ArrayList<>(vocabulary.pieces());
    List<Kind> kinds = new ArrayList<>(vocabulary.kinds());
    for (Map.Entry<Integer, JsonNode> token : later(config, pieces.size(), file).entrySet()) {
      if (token.getKey() != pieces.size()) {
        throw ModelErrors.damaged(file, "is followed by no token " + pieces.size());
      }
      pieces.add(token.getValue().path("content").asText());
      kinds.add(token.getValue().path("special").asBoolean() ? Kind.CONTROL : Kind.USER_DEFINED);
    }
    return new SentencePieceVocabulary(
        pieces, Arrays.copyOf(vocabulary.scores(), pieces.size()), kinds, vocabulary.prefix());
  }

  private static TreeMap<Integer, JsonNode> later(JsonNode config, int from, Path file) {
    TreeMap<Integer, JsonNode> tokens = new TreeMap<>();
    config
        .path("added_tokens_decoder")
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().matches("[0-9]{1,9}")) {
                throw ModelErrors.damaged(file, "token number \"" + entry.getKey() + "\" is added");
              }
              int id = Integer.parseInt(entry.getKey());
              if (id >= from) {
                tokens.put(id, entry.getValue());
              }
            });
    return tokens;
  }

  /**
   * What tokenizer_config.json calls the beginning and the end of a text; it goes before
   * config.json, which for some models (Qwen2) names a beginning where the tokenizer has none.
   */
  static SpecialTokens special(Path folder, Tokenizer tokenizer, Architecture architecture) {
    JsonNode config = config(folder);
    SpecialTokens otherwise = architecture.special();
    return new SpecialTokens(
        token(config.path("bos_token"), tokenizer, otherwise.begin()),
        token(config.path("eos_token"), tokenizer, otherwise.end()));
  }

  private static OptionalInt token(JsonNode named, Tokenizer tokenizer, OptionalInt otherwise) {
    if (named.isNull()) {
      return OptionalInt.empty();
    }
    int id = tokenizer.id(named.isTextual() ? named.asText() : named.path("content").asText());
    return id < 0 ? otherwise : OptionalInt.of(id);
  }
}
