package org.soft4j.lm.train;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.layer.Dtype;
import org.soft4j.lm.source.ModelDocuments;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.source.StopTokens;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/** The small random model of tools/golden/lora.py and its values. */
final class TinyLlama {
  static final Path FOLDER = Path.of("src/test/resources/golden/lora");

  static final Architecture ARCHITECTURE =
      new Architecture(
          ModelFamilies.LLAMA,
          40,
          32,
          48,
          2,
          4,
          2,
          12,
          LayerKind.llama(1e-5, 500),
          true,
          64,
          OptionalInt.of(1),
          List.of(2));

  static final Safetensors GOLDEN = Safetensors.open(FOLDER.resolve("golden.safetensors"));
  static final JsonNode VALUES = JsonFile.read(FOLDER.resolve("golden.json"));

  private TinyLlama() {}

  /** Letters a to z are tokens 5 to 30, everything else is token 3; 1 begins a text, 2 ends it. */
  static ModelSource source() {
    return new ModelSource(
        FOLDER.toAbsolutePath(),
        "tiny",
        "0123",
        ARCHITECTURE,
        Safetensors.open(FOLDER.resolve("model.safetensors")),
        new LetterTokenizer(),
        new SpecialTokens(OptionalInt.of(1), OptionalInt.of(2)),
        new StopTokens(Map.of(2, "config.json")),
        Optional.empty(),
        ModelDocuments.of(FOLDER));
  }

  /** Base weights in fp32 with an adapter merged. */
  static TrainWeights weights(PtNDManager manager, Optional<PeftAdapter> adapter) {
    DecoderWeights weights = masters(manager);
    adapter.ifPresent(weights::merge);
    return TrainWeights.of(weights, manager);
  }

  /** Base weights in fp32. */
  static DecoderWeights masters(PtNDManager manager) {
    return masters(manager, Dtype.FLOAT32);
  }

  static DecoderWeights masters(PtNDManager manager, Dtype dtype) {
    DeviceChoice device = new DeviceChoice("cpu", "cpu", "test");
    return DecoderWeights.load(source().weights(), ARCHITECTURE, dtype, device, manager);
  }

  /** The golden rows, completions learned. */
  static List<TokenSequence> rows() {
    List<TokenSequence> rows = new ArrayList<>();
    for (JsonNode row : VALUES.path("rows")) {
      int[] ids =
          IntStream.range(0, row.path("ids").size())
              .map(i -> row.path("ids").get(i).asInt())
              .toArray();
      boolean[] learned = new boolean[ids.length];
      java.util.Arrays.fill(learned, row.path("prompt").asInt(), ids.length, true);
      rows.add(new TokenSequence(ids, learned));
    }
    return rows;
  }

  private record LetterTokenizer() implements Tokenizer {
    @Override
    public int[] encode(String text) {
      int[] plain = encodePlain(text);
      return IntStream.concat(IntStream.of(1), IntStream.of(plain)).toArray();
    }

    @Override
    public int[] encodePlain(String text) {
      return text.chars().map(c -> c == '.' ? 2 : c >= 'a' && c <= 'z' ? c - 'a' + 5 : 3).toArray();
    }

    @Override
    public String decode(int[] ids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String decodeWithSpecial(int[] ids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean special(int id) {
      return id == 1 || id == 2;
    }

    @Override
    public int id(String token) {
      return -1;
    }

    @Override
    public int largestId() {
      return 'z' - 'a' + 5;
    }

    @Override
    public void close() {}
  }
}
