package org.soft4j.lm.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;

/** Reads PEFT's layout. */
final class PeftReader {
  private static final String PREFIX = "base_model.model.";
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";

  /** Where lm_head is a target, PEFT saves its own weight too (save_embedding_layers "auto"). */
  private static final String HEAD_BASE = "lm_head.base_layer.weight";

  private final Path folder;
  private final PeftConfig config;
  private final Safetensors file;

  private PeftReader(Path folder, PeftConfig config, Safetensors file) {
    this.folder = folder;
    this.config = config;
    this.file = file;
  }

  static PeftAdapter read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("There is no adapter folder " + folder + ".", "Check the path.");
    }
    JsonNode json = JsonFile.read(folder.resolve(PeftAdapter.CONFIG));
    PeftConfig config = PeftConfig.read(folder.resolve(PeftAdapter.CONFIG), json);
    if (!Files.isRegularFile(folder.resolve(PeftAdapter.WEIGHTS))) {
      throw missing(folder);
    }
    Safetensors file = Safetensors.open(folder.resolve(PeftAdapter.WEIGHTS));
    return new PeftReader(folder, config, file).adapter();
  }

  private static UserError missing(Path folder) {
    boolean pickled = Files.isRegularFile(folder.resolve("adapter_model.bin"));
    return new UserError(
        folder + " has no " + PeftAdapter.WEIGHTS + (pickled ? ", only adapter_model.bin." : "."),
        pickled
            ? "adapter_model.bin is in Python's pickle format, which can run code when it is read."
                + " Where you trust it, let PEFT write the other:"
                + " PeftModel.from_pretrained(base, folder).save_pretrained(folder)."
            : "Copy the adapter's " + PeftAdapter.WEIGHTS + " there, as PEFT or soft4j saved it.");
  }

  private PeftAdapter adapter() {
    Map<String, StoredTensor> bases = new TreeMap<>();
    Map<String, LowRankDelta> deltas = new TreeMap<>();
    for (String name : file.names()) {
      if (name.startsWith(PREFIX) && name.endsWith(A)) {
        String module = name.substring(PREFIX.length(), name.length() - A.length());
        deltas.put(module + ".weight", delta(module));
      } else if (name.equals(PREFIX + HEAD_BASE)) {
        bases.put(PeftAdapter.HEAD, file.read(name));
      } else if (!(name.startsWith(PREFIX) && name.endsWith(B))) {
        throw foreign(name);
      }
    }
    if (!deltas.keySet().containsAll(bases.keySet())) {
      throw foreign(PREFIX + HEAD_BASE);
    }
    int pairs = file.names().size() - bases.size();
    if (pairs != 2 * deltas.size()) {
      throw damaged("has %s tensors for %s pairs".formatted(pairs, deltas.size()));
    }
    return new PeftAdapter(deltas, bases);
  }

  private LowRankDelta delta(String module) {
    String a = PREFIX + module + A;
    String b = PREFIX + module + B;
    if (!file.names().contains(b)) {
      throw damaged("has " + a + " and no " + b);
    }
    int rank = config.rank(module);
    check(a, List.of((long) rank, -1L));
    check(b, List.of(-1L, (long) rank));
    return new LowRankDelta(
        rank,
        config.scale(module),
        TensorValues.read(file.read(a)),
        TensorValues.read(file.read(b)));
  }

  /** Checks a shape; -1 stands for any extent. */
  private void check(String name, List<Long> wanted) {
    long[] shape = file.shape(name);
    boolean fits = shape.length == 2;
    for (int i = 0; fits && i < 2; i++) {
      fits = shape[i] > 0 && (wanted.get(i) < 0 || wanted.get(i) == shape[i]);
    }
    if (!fits) {
      throw damaged(
          "%s has shape %s, which does not fit the configured rank %s"
              .formatted(name, Arrays.toString(shape), wanted.stream().max(Long::compare).get()));
    }
  }

  private UserError foreign(String name) {
    return damaged("has the tensor " + name + ", which is no lora_A or lora_B of a linear layer");
  }

  private UserError damaged(String detail) {
    return new UserError(
        folder.resolve(PeftAdapter.WEIGHTS) + ": " + detail,
        "Use an adapter as PEFT or soft4j saves it (LoRA on linear layers).");
  }
}
