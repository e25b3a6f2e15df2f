package org.soft4j.lm.train;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.LayerLayout;
import org.soft4j.lm.layer.LayerScript;

/**
 * A model's weights as the trainer's script wants them.
 *
 * @param places in the order of {@link LayerLayout}; with nothing where linear layers stand, unless
 *     {@code joined}
 * @param linears per layer the weight and the bias of each of the {@link LinearSlot}s by turns,
 *     with nothing where the family has none
 * @param joined whether the places hold the linear layers too, those that read the same rows in one
 *     matrix
 */
record TrainWeights(List<PtNDArray> places, List<PtNDArray> linears, boolean joined) {
  /** A loaded model's weights; the linear layers are views of the places. */
  static TrainWeights of(DecoderWeights weights, PtNDManager manager) {
    PtNDArray nothing = (PtNDArray) manager.zeros(new Shape(0), DataType.FLOAT32);
    return new TrainWeights(
        weights.tensors(), linears(weights.architecture(), weights::tensor, nothing), true);
  }

  /**
   * Arranges tensors.
   *
   * @param tensors by name; linear ones are [outputs, inputs]
   * @param manager owner of what is made here, on the tensors' device
   */
  static TrainWeights of(
      Architecture architecture, Function<String, PtNDArray> tensors, PtNDManager manager) {
    PtNDArray nothing = (PtNDArray) manager.zeros(new Shape(0), DataType.FLOAT32);
    List<PtNDArray> places = new ArrayList<>();
    for (List<ModelTensor> parts : LayerLayout.of(architecture)) {
      boolean linear = !parts.isEmpty() && LinearSlot.of(parts.get(0).role()).isPresent();
      places.add(
          parts.isEmpty() || linear || LinearSlot.ofBias(parts.get(0).role()).isPresent()
              ? nothing
              : tensors.apply(parts.get(0).name()));
    }
    places.set(LayerLayout.FREQUENCIES, frequencies(architecture, manager, nothing));
    if (architecture.tiedHead()) {
      places.set(LayerLayout.HEAD, places.get(LayerLayout.EMBEDDING));
    }
    return new TrainWeights(places, linears(architecture, tensors, nothing), false);
  }

  private static PtNDArray frequencies(
      Architecture architecture, PtNDManager manager, PtNDArray nothing) {
    float[] values = LayerScript.frequencies(architecture);
    return values.length == 0 ? nothing : NativeTensors.constant(manager, values, values.length);
  }

  private static List<PtNDArray> linears(
      Architecture architecture, Function<String, PtNDArray> tensors, PtNDArray nothing) {
    List<PtNDArray> linears = new ArrayList<>();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      List<PtNDArray> mine =
          new ArrayList<>(Collections.nCopies(2 * LinearSlot.values().length, nothing));
      for (ModelTensor tensor : architecture.layerTensors(layer)) {
        LinearSlot.of(tensor.role())
            .ifPresent(slot -> mine.set(2 * slot.ordinal(), tensors.apply(tensor.name())));
        LinearSlot.ofBias(tensor.role())
            .ifPresent(slot -> mine.set(2 * slot.ordinal() + 1, tensors.apply(tensor.name())));
      }
      linears.addAll(mine);
    }
    return linears;
  }
}
