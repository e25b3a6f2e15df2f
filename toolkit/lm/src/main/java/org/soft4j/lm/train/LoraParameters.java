package org.soft4j.lm.train;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;

/** Which linear layers get an adapter, its first values, and its values after training. */
final class LoraParameters {
  private final TrainingMethod.Lora settings;
  private final List<Long> slots;
  private final List<ModelTensor> targets = new ArrayList<>();

  LoraParameters(Architecture architecture, TrainingMethod.Lora settings) {
    this.settings = settings;
    refuseUnknown(settings.targetModules(), architecture);
    int perLayer = LinearSlot.values().length;
    List<Long> filled = new ArrayList<>(Collections.nCopies(architecture.layers() * perLayer, -1L));
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (ModelTensor tensor : architecture.layerTensors(layer)) {
        Optional<LinearSlot> slot = LinearSlot.of(tensor.role());
        if (slot.isPresent() && named(tensor.shortModule())) {
          filled.set(layer * perLayer + slot.get().ordinal(), (long) targets.size());
          targets.add(tensor);
        }
      }
    }
    slots = List.copyOf(filled);
  }

  private boolean named(String module) {
    return settings.targetModules().contains(TrainingMethod.Lora.ALL_LINEAR)
        || settings.targetModules().contains(module);
  }

  private static void refuseUnknown(List<String> modules, Architecture architecture) {
    List<String> linears =
        architecture.layerTensors(0).stream()
            .filter(tensor -> LinearSlot.of(tensor.role()).isPresent())
            .map(ModelTensor::shortModule)
            .distinct()
            .toList();
    for (String module : modules) {
      if (!linears.contains(module) && !module.equals(TrainingMethod.Lora.ALL_LINEAR)) {
        throw new UserError(
            "There is no linear layer \"%s\" to adapt in a %s model."
                .formatted(module, architecture.family().modelType()),
            "Available: %s, and %s for all of them."
                .formatted(String.join(", ", linears), TrainingMethod.Lora.ALL_LINEAR));
      }
    }
    if (modules.isEmpty()) {
      throw new UserError(
          "No layer is named to be adapted.", "Name some of " + String.join(", ", linears) + ".");
    }
  }

  /** For layer x projection ({@link LinearSlot}) the number of its A,B pair, or -1. */
  List<Long> slots() {
    return slots;
  }

  /**
   * First values, A and B by turns: A uniform in +-1/sqrt(inputs) (PEFT's kaiming-uniform with a =
   * sqrt 5) from the seed, B zero.
   */
  Learned create(PtNDManager manager, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PtNDArray> parameters = new ArrayList<>();
    for (ModelTensor target : targets) {
      int outputs = (int) target.shape()[0];
      int inputs = (int) target.shape()[1];
      float[] a = new float[settings.rank() * inputs];
      double bound = 1 / Math.sqrt(inputs);
      for (int i = 0; i < a.length; i++) {
        a[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      parameters.add(NativeTensors.parameter(manager, a, settings.rank(), inputs));
      float[] b = new float[outputs * settings.rank()];
      parameters.add(NativeTensors.parameter(manager, b, outputs, settings.rank()));
    }
    return Learned.adapters(parameters, slots, scale(), settings.dropout());
  }

  double scale() {
    return settings.alpha() / settings.rank();
  }

  PeftAdapter adapter(List<float[]> values) {
    Map<String, LowRankDelta> deltas = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      requireFinite(values.get(2 * i), targets.get(i));
      requireFinite(values.get(2 * i + 1), targets.get(i));
      deltas.put(
          targets.get(i).name(),
          new LowRankDelta(settings.rank(), scale(), values.get(2 * i), values.get(2 * i + 1)));
    }
    return new PeftAdapter(deltas);
  }

  /** No loss was computed after the last update, which could have shown it. */
  private static void requireFinite(float[] values, ModelTensor target) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw FullTrainer.diverged(target, value);
      }
    }
  }
}
