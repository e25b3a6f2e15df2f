package org.soft4j.lm.family;

import java.util.List;
import java.util.OptionalInt;
import org.soft4j.lm.tokenizer.SpecialTokens;

/**
 * The shape of a decoder-only model, from config.json or from GGUF metadata.
 *
 * @param family names its tensors and its config.json; what is computed follows from {@code kind}
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the feed-forward layer
 * @param layers number of layers
 * @param heads number of query heads
 * @param keyValueHeads number of key and value heads; divides {@code heads}
 * @param headDimension width of one head
 * @param kind what the layers compute
 * @param tiedHead whether the output head is the embedding
 * @param maxPositions longest context in tokens
 * @param beginToken the beginning-of-text token, where the model has one
 * @param stopTokens any of these ends a generation; the first is the one that training appends
 */
public record Architecture(
    ModelFamily family,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDimension,
    LayerKind kind,
    boolean tiedHead,
    int maxPositions,
    OptionalInt beginToken,
    List<Integer> stopTokens) {
  public Architecture {
    stopTokens = List.copyOf(stopTokens);
  }

  /** The same shape with other stop tokens. */
  public Architecture withStops(List<Integer> stops) {
    return new Architecture(
        family,
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headDimension,
        kind,
        tiedHead,
        maxPositions,
        beginToken,
        stops);
  }

  /** What the configuration calls the beginning and the end of a text. */
  public SpecialTokens special() {
    OptionalInt end =
        stopTokens.isEmpty() ? OptionalInt.empty() : OptionalInt.of(stopTokens.get(0));
    return new SpecialTokens(beginToken, end);
  }
}
