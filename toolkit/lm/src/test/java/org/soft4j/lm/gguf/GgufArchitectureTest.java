package org.soft4j.lm.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.family.RopeScaling;
import org.soft4j.lm.family.SlidingWindow;
import org.soft4j.lm.source.GgufBytes;
import org.soft4j.lm.source.TinyModel;

/** Shapes from metadata; sound files of every family are read in GoldenTest. */
class GgufArchitectureTest {
  @TempDir Path folder;

  private Architecture read(Map<String, Object> metadata, float... factors) throws IOException {
    GgufBytes out = new GgufBytes(metadata);
    out.tensor("token_embd.weight", 0, new long[] {262, 8}, new byte[4 * 262 * 8]);
    if (factors.length > 0) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * factors.length).order(ByteOrder.LITTLE_ENDIAN);
      for (float factor : factors) {
        bytes.putFloat(factor);
      }
      out.tensor("rope_freqs.weight", 0, new long[] {factors.length}, bytes.array());
    }
    return GgufArchitecture.read(Gguf.open(Files.write(folder.resolve("a.gguf"), out.toBytes())));
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> metadata = new LinkedHashMap<>(TinyModel.metadata());
    metadata.put(key, value);
    return metadata;
  }

  private static RopeScaling scaling(Architecture shape) {
    return ((Positions.Rotary) shape.kind().positions()).scaling();
  }

  @Test
  void bothSpellingsOfLinearScalingAreRead() throws IOException {
    assertEquals(new RopeScaling.None(), scaling(read(TinyModel.metadata())));
    assertEquals(new RopeScaling.Linear(4), scaling(read(with("llama.rope.scale_linear", 4.0))));
    Map<String, Object> newer = with("llama.rope.scaling.type", "linear");
    newer.put("llama.rope.scaling.factor", 2.0);
    assertEquals(new RopeScaling.Linear(2), scaling(read(newer)));
  }

  @Test
  void factorsOfTheFrequenciesAreReadFromTheirTensor() throws IOException {
    // Heads of two numbers have one frequency.
    assertEquals(new RopeScaling.Factors(List.of(8f)), scaling(read(TinyModel.metadata(), 8f)));
    for (float[] damaged : new float[][] {{1, 8}, {0}, {Float.NaN}}) {
      UserError error = assertThrows(UserError.class, () -> read(TinyModel.metadata(), damaged));
      assertTrue(error.getMessage().contains("rope_freqs.weight"), error.getMessage());
    }
  }

  /** Exporters write many keys that say nothing new. */
  @ParameterizedTest
  @CsvSource({
    "expert_used_count,0",
    "logit_scale,1",
    "rope.scaling.attn_factor,1",
    "pooling_type,3"
  })
  void whatIsOffIsPassedOver(String key, long value) throws IOException {
    assertEquals(read(TinyModel.metadata()), read(with("llama." + key, value)));
  }

  @Test
  void aLlamaWithAWindowIsAMistral() throws IOException {
    Architecture shape = read(with("llama.attention.sliding_window", 6L));
    assertEquals(ModelFamilies.of("mistral").orElseThrow(), shape.family());
    assertEquals(SlidingWindow.everywhere(6, 2), shape.kind().window());
  }

  @ParameterizedTest
  @CsvSource({
    "llama.rope.scaling.type,yarn",
    "llama.rope.scaling.type,longrope",
    "llama.expert_count,8",
    "llama.rope.dimension_count,4",
    "llama.attention.value_length,4",
    "llama.attention.sliding_window_pattern,2",
    "llama.block_count,2000000",
    "llama.attention.causal,false",
    "llama.attention.clamp_kqv,8",
    "llama.logit_scale,2",
    "llama.residual_scale,3",
    "llama.embedding_scale,12",
    "llama.attention.scale,1",
    "llama.final_logit_softcapping,30",
    "llama.rope.scaling.attn_factor,2",
    "llama.rope.freq_base_swa,10000",
    "llama.nextn_predict_layers,1",
    "llama.a_key_of_later_years,5",
    "general.type,adapter",
    "general.architecture,gemma2",
    "general.architecture,mistral"
  })
  void whatWouldBeComputedWronglyIsRefusedByName(String key, String value) {
    Object typed = value.matches("[0-9]+") ? (Object) Long.valueOf(value) : value;
    if (value.equals("false")) {
      typed = false;
    }
    Map<String, Object> changed = with(key, typed);
    UserError error = assertThrows(UserError.class, () -> read(changed));
    String named = key.equals("general.architecture") ? value : key;
    assertTrue(error.getMessage().contains(named), error.getMessage());
  }
}
