package org.soft4j.lm.merge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ArchitectureConfig;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.TensorPlan;
import org.soft4j.lm.source.ModelDocuments;

/** Writes a merged model as a folder that transformers loads. */
final class MergedFolder {
  private static final String WEIGHTS = "model.safetensors";

  private final ModelMerge merge;
  private final NumberFormat format;
  private final TensorRows rows;
  private final Progress.Step step;

  MergedFolder(ModelMerge merge, NumberFormat format, TensorRows rows, Progress.Step step) {
    this.merge = merge;
    this.format = format;
    this.rows = rows;
    this.step = step;
    if (format == NumberFormat.Q8_0) {
      throw new UserError(
          "A Hugging Face folder has no numbers of the format q8_0.",
          "Use --format gguf with it, or --dtype bf16, f16 or f32.");
    }
  }

  /** Writes all files; the weights are the last in the list. */
  List<String> write(Path folder) throws IOException {
    Architecture architecture = merge.source().architecture();
    Map<String, byte[]> documents = new LinkedHashMap<>(merge.source().documents().read());
    if (documents.containsKey(ModelDocuments.CONFIG)) {
      documents.computeIfPresent(ModelDocuments.CONFIG, (name, json) -> retyped(json));
    } else {
      ArchitectureConfig.write(folder, architecture, format.type());
      documents.put(
          ModelDocuments.CONFIG, Files.readAllBytes(folder.resolve(ModelDocuments.CONFIG)));
    }
    for (Map.Entry<String, byte[]> document : documents.entrySet()) {
      Files.write(folder.resolve(document.getKey()), document.getValue());
    }
    weights(folder.resolve(WEIGHTS), architecture);
    List<String> files = new ArrayList<>(documents.keySet());
    files.add(WEIGHTS);
    return files;
  }

  private byte[] retyped(byte[] config) {
    try {
      JsonMapper mapper = JsonMapper.builder().build();
      ObjectNode json = (ObjectNode) mapper.readTree(config);
      String key = json.has("dtype") ? "dtype" : "torch_dtype";
      json.put(key, ArchitectureConfig.dtype(format.type()));
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("was read before", e);
    }
  }

  private void weights(Path file, Architecture architecture) {
    LinkedHashMap<String, TensorPlan> plans = new LinkedHashMap<>();
    Map<String, ModelTensor> tensors = new LinkedHashMap<>();
    for (ModelTensor tensor : architecture.tensors()) {
      plans.put(tensor.name(), new TensorPlan(format.type(), tensor.storedShape()));
      tensors.put(tensor.name(), tensor);
    }
    Safetensors.write(
        file,
        plans,
        Map.of("format", "pt"),
        (name, out) -> {
          ModelTensor tensor = tensors.get(name);
          rows.write(name, merge.tensor(tensor, true), format, out);
          step.advance(tensor.elements());
        });
  }
}
