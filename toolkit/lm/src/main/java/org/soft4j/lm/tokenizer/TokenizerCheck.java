package org.soft4j.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Holds a tokenizer.json against what the native library does without fault.
 *
 * <p>A fault inside the library (a Rust panic) ends the whole process, so that whatever may lead to
 * one is refused here by name, before the library sees the file. The kinds that are let through are
 * those of byte-level BPE, of SentencePiece-like BPE with byte fallback, of Unigram, and of whole
 * words.
 */
final class TokenizerCheck {
  private static final int MOST_DEPTH = 4;
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "normalizer",
          Set.of(
              "Sequence",
              "NFC",
              "NFD",
              "NFKC",
              "NFKD",
              "Lowercase",
              "Strip",
              "StripAccents",
              "Prepend",
              "Replace"),
          "pre_tokenizer",
          Set.of(
              "Sequence",
              "ByteLevel",
              "Metaspace",
              "Split",
              "Digits",
              "Punctuation",
              "Whitespace",
              "WhitespaceSplit"),
          "post_processor",
          Set.of("Sequence", "ByteLevel", "TemplateProcessing"),
          "decoder",
          Set.of("Sequence", "ByteLevel", "Metaspace", "Replace", "ByteFallback", "Fuse", "Strip"));
  private static final Map<String, String> PARTS =
      Map.of(
          "normalizer", "normalizers",
          "pre_tokenizer", "pretokenizers",
          "post_processor", "processors",
          "decoder", "decoders");

  // The library tells post-processors apart by their fields, whatever their type says.
  private static final Map<String, Set<String>> PROCESSOR_FIELDS =
      Map.of(
          "Sequence", Set.of("type", "processors"),
          "ByteLevel", Set.of("type", "add_prefix_space", "trim_offsets", "use_regex"),
          "TemplateProcessing", Set.of("type", "single", "pair", "special_tokens"));

  private TokenizerCheck() {}

  /**
   * Checks a file.
   *
   * @throws IllegalArgumentException naming what is not supported
   */
  static void check(JsonNode root) {
    require(root.isObject(), "it is no JSON object");
    model(root.path("model"));
    for (String place : PARTS.keySet()) {
      step(root.path(place), place, 0);
    }
    for (JsonNode token : root.path("added_tokens")) {
      require(token.path("content").isTextual(), "an added token has no content");
      requireId(token.path("id"), token.path("content").asText());
    }
    addedIds(root);
  }

  /**
   * The library takes an added token's number from the vocabulary, and gives one that is not there
   * the next behind it, whatever the file's {@code id} says (add_tokens in added_vocabulary.rs). In
   * a vocabulary with gaps, such as a trimmed one, the model would read another token.
   */
  private static void addedIds(JsonNode root) {
    Map<String, Integer> numbers = vocabulary(root.path("model").path("vocab"));
    int size = numbers.size();
    int next = size;
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asText();
      if (!content.isEmpty() && !numbers.containsKey(content)) {
        numbers.put(content, next++);
      }
      int id = token.path("id").asInt();
      require(
          content.isEmpty() || numbers.get(content) == id,
          "the added token \"%s\" has the id %s, and the library would read it as %s behind a"
                  .formatted(content, id, numbers.get(content))
              + " vocabulary of %s tokens".formatted(size));
    }
  }

  /** Numbers by token; a Unigram's stand in the order of its list. */
  private static Map<String, Integer> vocabulary(JsonNode vocab) {
    Map<String, Integer> numbers = new HashMap<>();
    vocab.properties().forEach(e -> numbers.put(e.getKey(), e.getValue().asInt()));
    for (int i = 0; vocab.isArray() && i < vocab.size(); i++) {
      numbers.put(vocab.path(i).path(0).asText(), i);
    }
    return numbers;
  }

  private static void model(JsonNode model) {
    String type = model.path("type").asText(model.path("merges").isArray() ? "BPE" : "none");
    switch (type) {
      case "BPE" -> bytePairs(model);
      case "Unigram" -> unigram(model);
      case "WordLevel" -> words(model);
      default ->
          throw refused(
              "model type \"" + type + "\" is not supported; BPE, Unigram and WordLevel are");
    }
  }

  private static void bytePairs(JsonNode model) {
    requireVocabulary(model);
    require(model.path("dropout").asDouble(0) == 0, "it draws at random (dropout)");
    for (String part : Set.of("continuing_subword_prefix", "end_of_word_suffix")) {
      require(model.path(part).asText("").isEmpty() || model.path(part).isNull(), part + " is set");
    }
  }

  private static void words(JsonNode model) {
    requireVocabulary(model);
    require(model.path("unk_token").isTextual(), "there is no token for unknown words");
  }

  private static void requireVocabulary(JsonNode model) {
    require(model.path("vocab").isObject(), "the vocabulary is no object");
    model.path("vocab").properties().forEach(e -> requireId(e.getValue(), e.getKey()));
  }

  private static void unigram(JsonNode model) {
    require(model.path("vocab").isArray(), "the vocabulary is no list");
    for (JsonNode piece : model.path("vocab")) {
      require(
          piece.isArray()
              && piece.size() == 2
              && piece.path(0).isTextual()
              && piece.path(1).isNumber(),
          "the vocabulary is no list of pieces with scores");
    }
  }

  private static void step(JsonNode node, String place, int depth) {
    if (node.isMissingNode() || node.isNull()) {
      return;
    }
    String type = node.path("type").asText("none");
    require(KINDS.get(place).contains(type), place + " \"" + type + "\" is not supported");
    require(depth < MOST_DEPTH, place + " is nested too deeply");
    if (place.equals("post_processor")) {
      Set<String> known = PROCESSOR_FIELDS.get(type);
      node.fieldNames()
          .forEachRemaining(
              name -> require(known.contains(name), place + " " + type + " has a field " + name));
    }
    switch (type) {
      case "Sequence" -> node.path(PARTS.get(place)).forEach(n -> step(n, place, depth + 1));
      case "Split", "Replace" -> pattern(node.path("pattern"));
      case "TemplateProcessing" -> template(node);
      case "Strip" -> require(node.path("stop").asInt(0) == 0, "a Strip decoder cuts at the end");
      default -> {} // has nothing that could go wrong
    }
  }

  private static void pattern(JsonNode pattern) {
    require(pattern.size() == 1, "a pattern is neither a String nor a Regex");
    if (pattern.has("Regex")) {
      CutPattern.check(pattern.path("Regex").asText());
    } else {
      require(!pattern.path("String").asText("").isEmpty(), "a pattern is an empty text");
    }
  }

  /** The library looks up tokens and texts by these names, and stops where there is none. */
  private static void template(JsonNode template) {
    JsonNode known = template.path("special_tokens");
    for (Map.Entry<String, JsonNode> entry : known.properties()) {
      JsonNode token = entry.getValue();
      require(
          token.path("ids").size() == token.path("tokens").size(),
          "the template's token \"" + entry.getKey() + "\" has other ids than tokens");
      token.path("ids").forEach(id -> requireId(id, entry.getKey()));
    }
    pieces(template.path("single"), known, "A");
    pieces(template.path("pair"), known, "AB");
  }

  private static void pieces(JsonNode pieces, JsonNode known, String sequences) {
    require(pieces.isArray(), "a template is no list");
    StringBuilder seen = new StringBuilder();
    for (JsonNode piece : pieces) {
      String token = piece.path("SpecialToken").path("id").asText("");
      seen.append(piece.path("Sequence").path("id").asText(""));
      require(piece.size() == 1, "a template's part is no token and no text");
      require(
          !piece.has("SpecialToken") || known.has(token),
          "the template's token \"" + token + "\" is not described");
    }
    require(seen.toString().equals(sequences), "a template has the texts \"" + seen + "\"");
  }

  private static void requireId(JsonNode id, String token) {
    require(
        id.isIntegralNumber() && id.canConvertToInt() && id.asInt() >= 0,
        "the id of \"" + token + "\" is " + id);
  }

  private static void require(boolean sound, String otherwise) {
    if (!sound) {
      throw refused(otherwise);
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why);
  }
}
