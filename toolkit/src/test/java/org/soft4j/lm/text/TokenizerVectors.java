package org.soft4j.lm.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
