package org.soft4j.lm.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;

class PeftAdapterTest {
  private static final Path SAVED_BY_PEFT = Path.of("src/test/resources/golden/lora/adapter");
  private static final String Q = "model.layers.0.self_attn.q_proj.weight";
  private static final String V = "model.layers.0.self_attn.v_proj.weight";

  /** B A = [[1*3, 1*4], [2*3, 2*4]], times 0.5. */
  private static final LowRankDelta DELTA =
      new LowRankDelta(1, 0.5, new float[] {3, 4}, new float[] {1, 2});

  @TempDir Path folder;

  @Test
  void writtenWithScaleOneAndReadBack() {
    new PeftAdapter(Map.of(Q, DELTA)).write(folder.resolve("a"), "base");
    LowRankDelta read = PeftAdapter.read(folder.resolve("a")).deltas().get(Q);
    assertEquals(1, read.scale());
    assertArrayEquals(new float[] {3, 4}, read.a());
    assertArrayEquals(new float[] {0.5f, 1}, read.b());
  }

  @Test
  void aSumStandsByRankAndSmallerModulesArePadded() {
    LowRankDelta next = new LowRankDelta(1, 1, new float[] {5, 6}, new float[] {7, 8});
    new PeftAdapter(Map.of(Q, DELTA, V, DELTA))
        .plus(new PeftAdapter(Map.of(Q, next)))
        .write(folder.resolve("a"), "base");
    Map<String, LowRankDelta> deltas = PeftAdapter.read(folder.resolve("a")).deltas();
    assertArrayEquals(new float[] {3, 4, 5, 6}, deltas.get(Q).a());
    assertArrayEquals(new float[] {0.5f, 7, 1, 8}, deltas.get(Q).b());
    assertArrayEquals(new float[] {3, 4, 0, 0}, deltas.get(V).a());
    assertArrayEquals(new float[] {0.5f, 0, 1, 0}, deltas.get(V).b());
  }

  @Test
  void patternsAndRankStabilisedScalingAreApplied() {
    // r 2, alpha 6, but q_proj of layer 1 has rank 5, and v_proj alpha 3; scale alpha / sqrt(rank).
    Map<String, LowRankDelta> deltas = PeftAdapter.read(SAVED_BY_PEFT).deltas();
    assertEquals(6, deltas.size(), "3 modules in 2 layers");
    assertEquals(6 / Math.sqrt(2), deltas.get(Q).scale());
    assertEquals(3 / Math.sqrt(2), deltas.get(V).scale());
    LowRankDelta wide = deltas.get("model.layers.1.self_attn.q_proj.weight");
    assertEquals(5, wide.rank());
    assertEquals(6 / Math.sqrt(5), wide.scale());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"use_dora\": true",
        "\"use_bdlora\": {\"nblocks\": 2}",
        "\"a_setting_of_later_years\": 0.5",
        "\"bias\": \"all\"",
        "\"modules_to_save\": [\"lm_head\"]",
        "\"lora_alpha\": 0",
        "\"init_lora_weights\": \"pissa_niter_4\"",
        "\"init_lora_weights\": \"olora\"",
        "\"peft_type\": \"IA3\""
      })
  void whatWouldBeComputedWronglyIsRefusedByName(String setting) throws IOException {
    new PeftAdapter(Map.of(Q, DELTA)).write(folder.resolve("a"), "base");
    String name = setting.substring(0, setting.indexOf(':'));
    Path config = folder.resolve("a").resolve(PeftAdapter.CONFIG);
    String text = Files.readString(config);
    String changed =
        text.contains(name)
            ? text.replaceFirst(name + ": [^,\n]*", setting)
            : text.replaceFirst("\\{", "{" + setting + ",");
    Files.writeString(config, changed);
    UserError error =
        assertThrows(UserError.class, () -> PeftAdapter.read(folder.resolve("a")), changed);
    assertTrue(error.getMessage().contains(name.replace("\"", "")), error.getMessage());
  }

  /** Both fields hold expressions of Python's re, and a file is not trusted to hold good ones. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rank_pattern;(.|.|..)+\\\\3_end;takes too long",
        "alpha_pattern;(.|.|..)+\\\\3_end;takes too long",
        "rank_pattern;(?:(?:q?){1001}){1000};1000000 rounds",
        "rank_pattern;q_proj(;expression that is not supported"
      })
  void expressionsOfFilesAreBounded(String text) throws IOException {
    String[] field = text.split(";");
    new PeftAdapter(Map.of(Q, DELTA)).write(folder.resolve("a"), "base");
    Path config = folder.resolve("a").resolve(PeftAdapter.CONFIG);
    String pattern = "\"%s\": {\"%s\": 4}".formatted(field[0], field[1]);
    Files.writeString(
        config, Files.readString(config).replace("\"%s\": {}".formatted(field[0]), pattern));
    UserError error =
        assertThrows(UserError.class, () -> PeftAdapter.read(folder.resolve("a")), pattern);
    assertTrue(error.getMessage().contains(field[field.length - 1]), error.getMessage());
  }

  @Test
  void halfAPairAndForeignTensorsAreRefused() {
    String module = "base_model.model.model.layers.0.self_attn.q_proj";
    for (List<String> names :
        List.of(
            List.of(module + ".lora_A.weight"),
            List.of(module + ".lora_B.weight"),
            List.of("base_model.model.model.embed_tokens.lora_embedding_A"))) {
      new PeftAdapter(Map.of(Q, DELTA)).write(folder.resolve("a"), "base");
      LinkedHashMap<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (String name : names) {
        tensors.put(
            name, TensorValues.store(new float[2], new long[] {1, 2}, StoredTensor.Type.F32));
      }
      Safetensors.write(
          folder.resolve("a").resolve(PeftAdapter.WEIGHTS), tensors, Map.of("format", "pt"));
      assertThrows(UserError.class, () -> PeftAdapter.read(folder.resolve("a")), "" + names);
    }
    UserError missing =
        assertThrows(UserError.class, () -> PeftAdapter.read(folder.resolve("nowhere")));
    assertTrue(missing.getMessage().contains("nowhere"));
  }

  @Test
  void anAdapterOfAnotherModelIsRefused() {
    Architecture tiny =
        new Architecture(
            ModelFamilies.LLAMA,
            9,
            2,
            4,
            1,
            1,
            1,
            4,
            LayerKind.llama(1e-5, 1e4),
            true,
            8,
            OptionalInt.empty(),
            List.of(2));
    UserError error =
        assertThrows(UserError.class, () -> new PeftAdapter(Map.of(Q, DELTA)).check(tiny));
    // The model's q_proj has 1 head of 4 over a hidden size of 2.
    assertTrue(
        error.getMessage().contains("[2, 2], and the model's is [4, 2]"), error.getMessage());
  }
}
