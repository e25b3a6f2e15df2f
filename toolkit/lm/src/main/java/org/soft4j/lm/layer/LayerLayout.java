package org.soft4j.lm.layer;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.family.ModelTensors;
import org.soft4j.lm.family.TensorRole;

/**
 * The order of the weights in {@link LayerScript}'s list {@code ws}, the one place that knows it.
 * Places that a family has no use for hold tensors of no elements, so that numbers stay the same.
 *
 * <pre>
 * 0  embedding                      [vocabulary, hidden]
 * 1  learned positions              [positions, hidden]
 * 2  rotary frequencies, fp32       [head / 2]
 * 3  final norm, 4 its bias         [hidden]
 * 5  output head, the embedding itself where tied
 *
 * of layer l, counted from 6 + 14 l:
 * 0  norm before attention, 1 its bias
 * 2  query, key and value, rows one under another, 3 their biases
 *                                   [(heads + 2 keyValueHeads) * head, hidden]
 * 4  norm of a query head, 5 norm of a key head             [head]
 * 6  out of attention, 7 its bias   [hidden, heads * head]
 * 8  norm before the feed-forward block, 9 its bias
 * 10 gate (where there is one) and up, rows one under another, 11 their biases
 *                                   [2 * intermediate or intermediate, hidden]
 * 12 down, 13 its bias              [hidden, intermediate]
 * </pre>
 *
 * All linear weights are [outputs, inputs], however the files hold them; a bias follows its weight.
 */
public final class LayerLayout {
  /** Place of the embedding. */
  public static final int EMBEDDING = 0;

  /** Place of the rotary frequencies, which no file holds. */
  public static final int FREQUENCIES = 2;

  /** Place of the output head. */
  public static final int HEAD = 5;

  /** Places before the first layer. */
  public static final int OUTER = 6;

  /** Places of one layer. */
  public static final int PER_LAYER = 14;

  private LayerLayout() {}

  /** Place of a tensor outside the layers, or within its layer. */
  public static int place(TensorRole role) {
    return switch (role) {
      case EMBEDDING, ATTENTION_NORM -> 0;
      case POSITIONS, ATTENTION_NORM_BIAS -> 1;
      case QUERY, KEY, VALUE, QUERY_KEY_VALUE -> 2;
      case FINAL_NORM, QUERY_BIAS, KEY_BIAS, VALUE_BIAS, QUERY_KEY_VALUE_BIAS -> 3;
      case FINAL_NORM_BIAS, QUERY_NORM -> 4;
      case HEAD, KEY_NORM -> 5;
      case OUTPUT -> 6;
      case OUTPUT_BIAS -> 7;
      case FEED_NORM -> 8;
      case FEED_NORM_BIAS -> 9;
      case GATE, UP -> 10;
      case GATE_BIAS, UP_BIAS -> 11;
      case DOWN -> 12;
      case DOWN_BIAS -> 13;
    };
  }

  /**
   * For every place the tensors that fill it, in the order in which their rows stand. Empty where
   * the family has none, for the frequencies, and for a tied head.
   */
  public static List<List<ModelTensor>> of(Architecture architecture) {
    List<List<ModelTensor>> places = new ArrayList<>(empty(OUTER));
    for (ModelTensor tensor : ModelTensors.outer(architecture)) {
      places.get(place(tensor.role())).add(tensor);
    }
    for (int layer = 0; layer < architecture.layers(); layer++) {
      List<List<ModelTensor>> mine = empty(PER_LAYER);
      for (ModelTensor tensor : ModelTensors.layer(architecture, layer)) {
        mine.get(place(tensor.role())).add(tensor);
      }
      places.addAll(mine);
    }
    return places;
  }

  private static List<List<ModelTensor>> empty(int count) {
    List<List<ModelTensor>> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(new ArrayList<>());
    }
    return places;
  }
}
