package org.soft4j.lm.adapter;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.files.WholeFolder;

/** Writes PEFT's layout. */
final class PeftWriter {
  private PeftWriter() {}

  static void write(PeftAdapter adapter, Path folder, String baseModel) {
    WholeFolder.replace(
        folder,
        partial -> {
          Safetensors.write(
              partial.resolve(PeftAdapter.WEIGHTS), tensors(adapter), Map.of("format", "pt"));
          Files.writeString(partial.resolve(PeftAdapter.CONFIG), config(adapter, baseModel));
        });
  }

  private static LinkedHashMap<String, StoredTensor> tensors(PeftAdapter adapter) {
    int rank = adapter.rank();
    LinkedHashMap<String, StoredTensor> tensors = new LinkedHashMap<>();
    adapter
        .deltas()
        .forEach(
            (name, delta) -> {
              LowRankDelta padded = delta.padded(rank);
              String module = "base_model.model." + module(name);
              tensors.put(module + ".lora_A.weight", store(padded.a(), rank, padded.inputs()));
              tensors.put(module + ".lora_B.weight", store(padded.b(), padded.outputs(), rank));
            });
    adapter
        .bases()
        .forEach(
            (name, base) ->
                tensors.put("base_model.model." + module(name) + ".base_layer.weight", base));
    return tensors;
  }

  private static StoredTensor store(float[] values, long... shape) {
    return TensorValues.store(values, shape, StoredTensor.Type.F32);
  }

  private static String module(String weight) {
    return weight.substring(0, weight.length() - ".weight".length());
  }

  private static String config(PeftAdapter adapter, String baseModel) throws IOException {
    List<String> targets =
        adapter.deltas().keySet().stream()
            .map(PeftWriter::module)
            .map(module -> module.substring(module.lastIndexOf('.') + 1))
            .distinct()
            .sorted()
            .toList();
    Map<String, Object> config = new TreeMap<>();
    config.put("peft_type", "LORA");
    config.put("task_type", "CAUSAL_LM");
    config.put("base_model_name_or_path", baseModel);
    config.put("inference_mode", true);
    config.put("r", adapter.rank());
    config.put("lora_alpha", adapter.rank());
    config.put("lora_dropout", 0.0);
    config.put("bias", "none");
    config.put("target_modules", targets);
    config.put("rank_pattern", Map.of());
    config.put("alpha_pattern", Map.of());
    config.put("fan_in_fan_out", storedTurned(adapter));
    for (String off : List.of("use_rslora", "use_dora")) {
      config.put(off, false);
    }
    config.put("init_lora_weights", true);
    for (String none : List.of("modules_to_save", "layers_to_transform", "revision")) {
      config.put(none, null);
    }
    return JsonMapper.builder().build().writer(pythonLike()).writeValueAsString(config);
  }

  /**
   * Whether the changed layers are transformers' Conv1D, as in GPT-2, whose weights are stored as
   * [inputs, outputs]; A and B are the same either way.
   */
  private static boolean storedTurned(PeftAdapter adapter) {
    return adapter.deltas().keySet().stream().anyMatch(name -> name.startsWith("transformer.h."));
  }

  /** The layout of Python's json.dump with indent 2. */
  private static DefaultPrettyPrinter pythonLike() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators).withArrayIndenter(lines).withObjectIndenter(lines);
  }
}
