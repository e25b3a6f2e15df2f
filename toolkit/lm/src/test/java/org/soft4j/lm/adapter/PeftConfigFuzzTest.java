package org.soft4j.lm.adapter;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.source.FixedSeed;
import org.soft4j.lm.source.JsonEdits;
import org.soft4j.lm.source.ParserBounds;

/** Edited adapter_config.json files, with expressions of any kind in them. See docs/fuzzing.md. */
class PeftConfigFuzzTest {
  private static final Path FILE = Path.of("adapter_config.json");
  private static final List<String> MODULES =
      List.of("model.layers.0.self_attn.q_proj", "model.layers.11.mlp.down_proj", "lm_head", "");

  /** Pieces of expressions, sound and unsound. */
  private static final List<String> PIECES =
      List.of(
          "q_proj",
          ".",
          ".*",
          "\\.",
          "model",
          "layers",
          "1",
          "(",
          "(?:",
          "(?=",
          ")",
          "|",
          "+",
          "*",
          "?",
          "{2}",
          "{0,99999}",
          "[",
          "[a-z]",
          "]",
          "^",
          "$",
          "\\1",
          "\\d",
          "(a|aa)+",
          "(.|..)*",
          "\\",
          "(?<n>x)",
          "\\k<n>",
          "\\p{L}",
          "\u00e9",
          "\ud83d\ude00");

  private static final JsonEdits EDITS = new JsonEdits(savedByPeft());

  private static List<String> savedByPeft() {
    try {
      Path golden = Path.of("src/test/resources/golden");
      return List.of(
          Files.readString(golden.resolve("peft/patterns/adapter_config.json")),
          Files.readString(golden.resolve("lora/adapter/adapter_config.json")));
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.hold(input.length, () -> read(input));
  }

  @FuzzTest(maxDuration = "1h")
  void editedFile(FuzzedDataProvider data) {
    byte[] file = edited(data);
    ParserBounds.hold(file.length, () -> read(file));
  }

  @Test
  void editedByAFixedSeed() {
    FixedSeed.run("adapter_config.json", data -> read(edited(data)));
  }

  private static byte[] edited(FuzzedDataProvider data) {
    byte[] file = EDITS.next(data);
    JsonNode json = JsonFile.parse(ByteBuffer.wrap(file), FILE);
    for (String field : List.of("rank_pattern", "alpha_pattern")) {
      if (data.consumeBoolean() && json.path(field) instanceof ObjectNode patterns) {
        StringBuilder expression = new StringBuilder();
        for (int pieces = data.consumeInt(1, 8); pieces > 0; pieces--) {
          expression.append(data.pickValue(PIECES));
        }
        patterns.put(expression.toString(), data.consumeInt(-1, 99));
      }
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String read(byte[] file) {
    PeftConfig config = PeftConfig.read(FILE, JsonFile.parse(ByteBuffer.wrap(file), FILE));
    int ranks = 0;
    for (String module : MODULES) {
      ranks += config.rank(module);
      config.scale(module);
    }
    return ranks > 0 ? "read" : "no rank";
  }
}
