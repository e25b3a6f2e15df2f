package org.soft4j.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many bytes the steps of a tokenizer.json make of each byte at most, worked out before the
 * native library runs them: each step may lengthen a text, and steps stand in a row, so that a few
 * dozen of them would make gigabytes of a sentence.
 *
 * @param encoding normalizers, then pre-tokenizers
 * @param decoding decoders, on the texts of tokens
 * @param longestToken in letters
 */
record TextGrowth(double encoding, double decoding, int longestToken) {
  /** Bytes a byte through all steps; the tokenizers in use stay below 600. */
  static final int MOST_GROWTH = 5_000;

  /** Bytes that the steps may make of one text. */
  static final long MOST_GROWN = 64L << 20;

  /** Steps in a row, of one kind; each passes over the whole text. */
  static final int MOST_STEPS = 64;

  /** Letters of a token. */
  static final int MOST_TOKEN = 16_384;

  /** Tokens in a vocabulary, and merges. */
  static final int MOST_ENTRIES = 4_000_000;

  /** Tokens that are put around each text. */
  static final int MOST_AROUND = 1_000;

  private static final Map<String, String> PARTS =
      Map.of(
          "normalizer", "normalizers",
          "pre_tokenizer", "pretokenizers",
          "post_processor", "processors",
          "decoder", "decoders");

  /**
   * Works out the growth of a file whose kinds of steps are known.
   *
   * @throws IllegalArgumentException naming the bound that is exceeded
   */
  static TextGrowth of(JsonNode root) {
    double normalizing = grown(root, "normalizer");
    TextGrowth growth =
        new TextGrowth(
            bounded("normalizers and pre-tokenizers", normalizing * grown(root, "pre_tokenizer")),
            bounded("decoders", grown(root, "decoder")),
            longest(root));
    long around = steps(root, "post_processor").stream().mapToLong(TextGrowth::around).sum();
    require(around <= MOST_AROUND, "it puts %s tokens around a text", around, MOST_AROUND);
    long added = 0;
    for (JsonNode token : root.path("added_tokens")) {
      added += token.path("content").asText().length();
    }
    require(
        added * 3 * normalizing <= MOST_GROWN,
        "its added tokens grow to %.0f bytes",
        added * 3 * normalizing,
        MOST_GROWN);
    return growth;
  }

  /** Whether a text stays within {@link #MOST_GROWN} bytes on its way to tokens. */
  boolean encodes(String text) {
    // A letter takes at most three bytes in UTF-8; counted only where that is too many.
    return 3.0 * text.length() * encoding <= MOST_GROWN
        || text.getBytes(StandardCharsets.UTF_8).length * encoding <= MOST_GROWN;
  }

  /** Whether so many tokens stay within the bound on their way to a text. */
  boolean decodes(int tokens) {
    return 3.0 * tokens * longestToken * decoding <= 16.0 * MOST_GROWN;
  }

  private static double bounded(String what, double growth) {
    require(
        growth <= MOST_GROWTH, "its " + what + " lengthen a text %.0f-fold", growth, MOST_GROWTH);
    return growth;
  }

  private static double grown(JsonNode root, String place) {
    return steps(root, place).stream()
        .mapToDouble(step -> place.equals("decoder") ? read(step) : written(step))
        .reduce(1, (a, b) -> a * b);
  }

  /** The steps of one kind in their order, sequences opened. */
  private static List<JsonNode> steps(JsonNode root, String place) {
    List<JsonNode> steps = new ArrayList<>();
    open(root.path(place), PARTS.get(place), steps);
    require(steps.size() <= MOST_STEPS, place + " has %s steps", steps.size(), MOST_STEPS);
    return steps;
  }

  private static void open(JsonNode step, String inside, List<JsonNode> steps) {
    if (step.path("type").asText().equals("Sequence")) {
      step.path(inside).forEach(inner -> open(inner, inside, steps));
    } else if (step.isObject()) {
      steps.add(step);
    }
  }

  /** Bytes a byte of a step on the way to tokens. */
  private static double written(JsonNode step) {
    return switch (step.path("type").asText()) {
      // U+FDFA, of 3 bytes, is 18 letters of 33 bytes; U+0390, of 2, is 3 letters of 6.
      case "NFKC", "NFKD" -> 11;
      case "NFC", "NFD" -> 3;
      case "Lowercase" -> 1.5;
      case "Replace" -> replaced(step);
      // Once for each part of a text between added tokens, which may be a letter long.
      case "Prepend" -> 1 + bytes(step.path("prepend"));
      // A space becomes the replacement, and each part gets one more before it.
      case "Metaspace" -> 2 * Math.max(3, bytes(step.path("replacement")));
      // A byte becomes a letter of at most two, and a space may be put before each part.
      case "ByteLevel" -> step.path("add_prefix_space").asBoolean(true) ? 4 : 2;
      default -> 1;
    };
  }

  /** Bytes a byte of a step on the way back. */
  private static double read(JsonNode step) {
    return switch (step.path("type").asText()) {
      case "Replace" -> replaced(step);
      // A byte that is no letter becomes U+FFFD.
      case "ByteLevel", "ByteFallback" -> 3;
      default -> 1;
    };
  }

  /** An expression may match nothing at all, before each letter. */
  private static double replaced(JsonNode step) {
    double content = bytes(step.path("content"));
    double pattern = bytes(step.path("pattern").path("String"));
    return pattern == 0 ? 1 + content : Math.max(1, content / pattern);
  }

  private static int bytes(JsonNode text) {
    return text.asText("").getBytes(StandardCharsets.UTF_8).length;
  }

  private static long around(JsonNode step) {
    long tokens = 0;
    for (JsonNode piece : step.path("single")) {
      String token = piece.path("SpecialToken").path("id").asText();
      tokens += step.path("special_tokens").path(token).path("ids").size();
    }
    return tokens;
  }

  /** The longest token, once their number and lengths are seen to be within bounds. */
  private static int longest(JsonNode root) {
    JsonNode model = root.path("model");
    JsonNode vocab = model.path("vocab");
    for (JsonNode list : List.of(vocab, model.path("merges"), root.path("added_tokens"))) {
      require(list.size() <= MOST_ENTRIES, "a list has %s entries", list.size(), MOST_ENTRIES);
    }
    int longest = 0;
    for (JsonNode token : root.path("added_tokens")) {
      longest = Math.max(longest, token.path("content").asText().length());
    }
    for (Map.Entry<String, JsonNode> token : vocab.properties()) {
      longest = Math.max(longest, token.getKey().length());
    }
    for (int i = 0; vocab.isArray() && i < vocab.size(); i++) {
      longest = Math.max(longest, vocab.get(i).path(0).asText().length());
    }
    require(longest <= MOST_TOKEN, "a token has %s letters", longest, MOST_TOKEN);
    return longest;
  }

  private static void require(boolean within, String what, Object seen, long most) {
    if (!within) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, what, seen) + "; the bound is " + most);
    }
  }
}
