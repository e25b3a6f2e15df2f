package org.soft4j.lm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.function.Executable;

/** Texts with the ids and decoded texts that tools/golden/tokenizer_vectors.py wrote. */
public final class TokenizerVectors {
  private TokenizerVectors() {}

  public static JsonNode read(String name) throws IOException {
    try (InputStream in = open(name)) {
      return JsonMapper.builder().build().readTree(in);
    }
  }

  public static InputStream open(String name) {
    return TokenizerVectors.class.getResourceAsStream("tokenizers/" + name);
  }

  public static List<String> texts(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList();
  }

  public static int[] ids(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  /** A tokenizer of a file's {@code tokenizer}, or of byte-level.json with GPT-2's cut. */
  public static Tokenizer tokenizer(String name) throws IOException {
    JsonNode vectors = read(name + ".json");
    JsonNode json = vectors.path("tokenizer");
    if (json.isMissingNode()) {
      json = byteLevel(vectors);
    }
    return JsonTokenizer.parse(JsonMapper.builder().build().writeValueAsBytes(json), name);
  }

  private static ObjectNode byteLevel(JsonNode vectors) {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    ArrayNode added = root.putArray("added_tokens");
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < vectors.path("tokens").size(); id++) {
      String token = vectors.path("tokens").get(id).asText();
      vocabulary.put(token, id);
      if (vectors.path("types").get(id).asInt() == 3) {
        ObjectNode entry = added.addObject().put("id", id).put("content", token);
        entry.put("single_word", false).put("lstrip", false).put("rstrip", false);
        entry.put("normalized", false).put("special", true);
      }
    }
    model.set("merges", vectors.path("merges"));
    for (String step : List.of("pre_tokenizer", "decoder")) {
      root.putObject(step)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    return root;
  }

  /** All texts at once, so that a failure shows every one that differs. */
  public static void check(
      Tokenizer tokenizer, List<String> texts, JsonNode ids, JsonNode decoded) {
    assertEquals(texts.size(), ids.size());
    List<Executable> checks = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int[] expected = ids(ids.get(i));
      String text = texts.get(i);
      String back = decoded.get(i).asText();
      checks.add(() -> assertArrayEquals(expected, tokenizer.encode(text), quoted(text)));
      checks.add(() -> assertEquals(back, tokenizer.decode(expected), quoted(text)));
    }
    assertAll(checks);
  }

  private static String quoted(String text) {
    return JsonMapper.builder().build().createObjectNode().put("text", text).toString();
  }
}
