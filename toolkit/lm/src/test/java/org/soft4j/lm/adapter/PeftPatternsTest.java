package org.soft4j.lm.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Json;

/** Modules with a rank of their own, found as PEFT finds them: {@code (.*\.)?(KEY)$}. */
class PeftPatternsTest {
  @Test
  void thousandsOfWholeNamesAreNotTooMuch() {
    List<String> modules = new ArrayList<>();
    ObjectNode json = Json.mapper().createObjectNode().put("peft_type", "LORA");
    for (int layer = 0; layer < 500; layer++) {
      for (String part : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
        modules.add("model.layers.%s.self_attn.%s".formatted(layer, part));
      }
    }
    for (int i = 0; i < modules.size(); i++) {
      json.withObject("rank_pattern").put(modules.get(i), i + 1);
    }
    PeftConfig config = PeftConfig.read(Path.of("adapter_config.json"), json);
    for (int i = 0; i < modules.size(); i++) {
      assertEquals(i + 1, config.rank(modules.get(i)));
    }
  }

  /** Each beside the regular expression itself, which is what PEFT matches with. */
  @Test
  void plainNamesMatchAsExpressionsDo() {
    List<String> names =
        List.of("q_proj", "attn.q_proj", "layers.1.q", "l.yers", "..", "q", "a.q_proj", "_proj");
    List<String> modules =
        List.of(
            "q_proj",
            "self_attn.q_proj",
            "x.attn.q_proj",
            "layers.1.q",
            "a.layers.11q",
            "a.layers.1xq",
            "layers",
            "q",
            "ab",
            "a.b.c",
            "model.q");
    for (String name : names) {
      ObjectNode json = Json.mapper().createObjectNode().put("peft_type", "LORA").put("r", 8);
      json.withObject("rank_pattern").put(name, 3);
      PeftConfig config = PeftConfig.read(Path.of("adapter_config.json"), json);
      for (String module : modules) {
        int expected = module.matches("(.*\\.)?(" + name + ")") ? 3 : 8;
        assertEquals(expected, config.rank(module), name + " for " + module);
      }
    }
  }
}
