package org.soft4j.speed.machine;

import org.soft4j.lm.family.Architecture;

/**
 * The widths of a model with gated feed-forward layers and grouped-query attention, as far as they
 * decide what it costs.
 *
 * @param layers number of layers
 * @param hidden width of the residual stream
 * @param queries width of all query heads together
 * @param keys width of all key heads together
 * @param intermediate width of the feed-forward layer
 * @param vocabulary rows of the output head
 */
public record ModelShape(
    int layers, int hidden, int queries, int keys, int intermediate, int vocabulary) {
  /** The shape of a model that is open. */
  public static ModelShape of(Architecture model) {
    return new ModelShape(
        model.layers(),
        model.hiddenSize(),
        model.heads() * model.headDimension(),
        model.keyValueHeads() * model.headDimension(),
        model.intermediateSize(),
        model.vocabularySize());
  }
}
