package org.soft4j.lm.served;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.source.ModelSource;

/** Adapters that show whether a server takes and uses those of a run. */
final class ProbeAdapter {
  private static final long SEED = 19;

  private final ModelSource source;
  private final TrainingMethod.Lora method;

  ProbeAdapter(ModelSource source, TrainingMethod.Lora method) {
    this.source = source;
    this.method = method;
  }

  /** Short names of the layers that are changed, in the order of a layer. */
  List<String> modules() {
    return source.architecture().layerTensors(0).stream()
        .filter(this::changed)
        .map(ModelTensor::shortModule)
        .distinct()
        .toList();
  }

  private boolean changed(ModelTensor tensor) {
    List<String> named = method.targetModules();
    return tensor.shape().length == 2
        && (named.contains(TrainingMethod.Lora.ALL_LINEAR) || named.contains(tensor.shortModule()));
  }

  /**
   * Writes an adapter.
   *
   * @param rank of every layer's
   * @param size bound on the numbers of B; 0 changes nothing
   */
  void write(Path folder, int rank, double size) {
    Architecture architecture = source.architecture();
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, LowRankDelta> deltas = new HashMap<>();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (ModelTensor tensor : architecture.layerTensors(layer)) {
        if (changed(tensor)) {
          int outputs = (int) tensor.shape()[0];
          int inputs = (int) tensor.shape()[1];
          float[] a = values(random, rank * inputs, 1 / Math.sqrt(inputs));
          float[] b = size == 0 ? new float[outputs * rank] : values(random, outputs * rank, size);
          deltas.put(tensor.name(), new LowRankDelta(rank, 1, a, b));
        }
      }
    }
    new PeftAdapter(deltas).write(folder, source.nameInAdapters());
  }

  private static float[] values(SplittableRandom random, int count, double bound) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }
}
