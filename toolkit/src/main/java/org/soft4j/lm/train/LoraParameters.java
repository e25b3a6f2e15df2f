package org.soft4j.lm.train;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.soft4j.error.UserError;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.LlamaTensors;

/** Which linear layers get an adapter, its first values, and its values after training. */
final class LoraParameters {
  private record Target(String weight, int outputs, int inputs) {}

  private final TrainingSettings settings;
  private final long[] slots;
  private final List<Target> targets = new ArrayList<>();

  LoraParameters(Architecture architecture, TrainingSettings settings) {
    this.settings = settings;
    refuseUnknown(settings.targetModules());
    Map<String, long[]> shapes = LlamaTensors.all(architecture);
    slots = new long[architecture.layers() * TrainingSettings.ALL_PROJECTIONS.size()];
    Arrays.fill(slots, -1);
    int slot = 0;
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (String module : TrainingSettings.ALL_PROJECTIONS) {
        if (settings.targetModules().contains(module)) {
          slots[slot] = targets.size();
          targets.add(target(shapes, layer, module));
        }
        slot++;
      }
    }
  }

  private static Target target(Map<String, long[]> shapes, int layer, String module) {
    String block =
        List.of("gate_proj", "up_proj", "down_proj").contains(module) ? "mlp" : "self_attn";
    String weight = "model.layers.%d.%s.%s.weight".formatted(layer, block, module);
    long[] shape = shapes.get(weight);
    return new Target(weight, (int) shape[0], (int) shape[1]);
  }

  private static void refuseUnknown(List<String> modules) {
    for (String module : modules) {
      if (!TrainingSettings.ALL_PROJECTIONS.contains(module)) {
        throw new UserError(
            "There is no linear layer \"" + module + "\" to adapt.",
            "Available: " + String.join(", ", TrainingSettings.ALL_PROJECTIONS) + ".");
      }
    }
    if (modules.isEmpty()) {
      throw new UserError(
          "No layer is named to be adapted.",
          "Name some of " + String.join(", ", TrainingSettings.ALL_PROJECTIONS) + ".");
    }
  }

  /** For layer x projection (q k v o gate up down) the number of its A,B pair, or -1. */
  long[] slots() {
    return slots.clone();
  }

  /**
   * First values, A and B by turns: A uniform in +-1/sqrt(inputs) (PEFT's kaiming-uniform with a =
   * sqrt 5) from the seed, B zero.
   */
  List<PtNDArray> create(PtNDManager manager) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    List<PtNDArray> parameters = new ArrayList<>();
    for (Target target : targets) {
      float[] a = new float[settings.rank() * target.inputs()];
      double bound = 1 / Math.sqrt(target.inputs());
      for (int i = 0; i < a.length; i++) {
        a[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      parameters.add(NativeTensors.parameter(manager, a, settings.rank(), target.inputs()));
      float[] b = new float[target.outputs() * settings.rank()];
      parameters.add(NativeTensors.parameter(manager, b, target.outputs(), settings.rank()));
    }
    return parameters;
  }

  double scale() {
    return settings.alpha() / settings.rank();
  }

  PeftAdapter adapter(List<float[]> values) {
    Map<String, LowRankDelta> deltas = new LinkedHashMap<>();
    for (int i = 0; i < targets.size(); i++) {
      deltas.put(
          targets.get(i).weight(),
          new LowRankDelta(settings.rank(), scale(), values.get(2 * i), values.get(2 * i + 1)));
    }
    return new PeftAdapter(deltas);
  }
}
