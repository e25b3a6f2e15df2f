package org.soft4j.lm.tokenizer;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** What soft4j itself reads in a tokenizer.json. */
final class TokenizerJson {
  /** Of a key that is there twice, the library might take the other one. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final byte[] bytes;
  private final Map<String, Integer> ids;
  private final Map<String, Integer> control;
  private final boolean beginsOnce;
  private final int[] appended;
  private final TextGrowth growth;

  private TokenizerJson(byte[] bytes, JsonNode root) {
    this.bytes = bytes;
    this.ids = ids(root);
    this.control = control(root);
    this.beginsOnce = beginsOnce(root.path("pre_tokenizer"));
    this.appended = appended(root.path("post_processor")).toArray();
    this.growth = TextGrowth.of(root);
  }

  /** Reads and checks the file. */
  static TokenizerJson of(byte[] bytes) throws IOException {
    JsonNode root = MAPPER.readTree(bytes);
    TokenizerCheck.check(root);
    return new TokenizerJson(bytes, root);
  }

  /** How far the file's steps lengthen a text. */
  TextGrowth growth() {
    return growth;
  }

  byte[] bytes() {
    return bytes;
  }

  Map<String, Integer> ids() {
    return ids;
  }

  /** Ids of the added tokens that are special. */
  Map<String, Integer> control() {
    return control;
  }

  /**
   * Whether a space is put before the first word of a text alone, and not before the first word
   * after each special token.
   */
  boolean beginsOnce() {
    return beginsOnce;
  }

  /** The tokens that the post-processor puts behind every text. */
  int[] appended() {
    return appended;
  }

  /** How a control token is spelled for {@link #withSecretSpellings}: no text can hold it. */
  static String secret(int id) {
    return "\uFDD2" + id + "\uFDD3";
  }

  /** The same tokenizer, whose control tokens no user's text can spell. */
  byte[] withSecretSpellings() {
    try {
      ObjectNode root = (ObjectNode) MAPPER.readTree(bytes);
      ObjectNode model = (ObjectNode) root.path("model");
      for (JsonNode token : root.path("added_tokens")) {
        if (token.path("special").asBoolean()) {
          rename(model, token.path("content").asText(), secret(token.path("id").asInt()));
          ((ObjectNode) token).put("content", secret(token.path("id").asInt()));
        }
      }
      return MAPPER.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new IllegalStateException("was read before", e);
    }
  }

  private static void rename(ObjectNode model, String from, String to) {
    if (model.path("vocab") instanceof ObjectNode vocabulary && vocabulary.has(from)) {
      vocabulary.set(to, vocabulary.remove(from));
    }
    if (model.path("vocab") instanceof ArrayNode pieces) {
      for (JsonNode piece : pieces) {
        if (piece.path(0).asText().equals(from)) {
          ((ArrayNode) piece).set(0, TextNode.valueOf(to));
        }
      }
    }
    if (model.path("unk_token").asText().equals(from)) {
      model.put("unk_token", to);
    }
  }

  /** Ids by token: BPE and word-piece vocabularies are maps, Unigram's is a list of pairs. */
  private static Map<String, Integer> ids(JsonNode root) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode vocabulary = root.path("model").path("vocab");
    if (vocabulary.isArray()) {
      for (int i = 0; i < vocabulary.size(); i++) {
        ids.put(vocabulary.get(i).path(0).asText(), i);
      }
    } else {
      vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
    }
    root.path("added_tokens")
        .forEach(token -> ids.put(token.path("content").asText(), token.path("id").asInt()));
    return ids;
  }

  private static Map<String, Integer> control(JsonNode root) {
    Map<String, Integer> control = new HashMap<>();
    for (JsonNode token : root.path("added_tokens")) {
      if (token.path("special").asBoolean()) {
        control.put(token.path("content").asText(), token.path("id").asInt());
      }
    }
    return control;
  }

  /** Of several processors each puts its tokens around what the earlier ones made. */
  private static IntStream appended(JsonNode step) {
    IntStream.Builder ids = IntStream.builder();
    boolean behind = false;
    for (JsonNode piece : step.path("single")) {
      if (behind) {
        String token = piece.path("SpecialToken").path("id").asText();
        step.path("special_tokens").path(token).path("ids").forEach(id -> ids.add(id.asInt()));
      }
      behind |= piece.has("Sequence");
    }
    IntStream all = ids.build();
    for (JsonNode inner : step.path("processors")) {
      all = IntStream.concat(all, appended(inner));
    }
    return all;
  }

  private static boolean beginsOnce(JsonNode step) {
    boolean found = step.path("prepend_scheme").asText().equals("first");
    for (JsonNode inner : step.path("pretokenizers")) {
      found |= beginsOnce(inner);
    }
    return found;
  }
}
