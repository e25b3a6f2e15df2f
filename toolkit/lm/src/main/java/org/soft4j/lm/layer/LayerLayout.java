package org.soft4j.lm.layer;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.family.TensorRole;

/**
 * The order of the weights in the list {@code ws} that decoder and trainer read, by the names of
 * {@code layout.py}, where shapes stand too. Places that a family has no use for hold tensors of no
 * elements, so that numbers stay the same.
 *
 * <p>All linear weights are [outputs, inputs], however the files hold them; a bias follows its
 * weight. Rows that are multiplied together stand one under another in one place.
 */
public final class LayerLayout {
  /** Place of the embedding. */
  public static final int EMBEDDING = 0;

  static final int POSITIONS = 1;

  /** Place of the rotary frequencies, which no file holds. */
  public static final int FREQUENCIES = 2;

  static final int FINAL_NORM = 3;
  static final int FINAL_NORM_BIAS = 4;

  /** Place of the output head. */
  public static final int HEAD = 5;

  /** Place of the first layer. */
  static final int FIRST_LAYER = 6;

  /** Places of one layer; those below are counted from its first. */
  static final int PER_LAYER = 14;

  static final int ATTENTION_NORM = 0;
  static final int ATTENTION_NORM_BIAS = 1;
  static final int QUERY_KEY_VALUE = 2;
  static final int QUERY_KEY_VALUE_BIAS = 3;
  static final int QUERY_NORM = 4;
  static final int KEY_NORM = 5;
  static final int OUTPUT = 6;
  static final int OUTPUT_BIAS = 7;
  static final int FEED_NORM = 8;
  static final int FEED_NORM_BIAS = 9;
  static final int GATE_UP = 10;
  static final int GATE_UP_BIAS = 11;
  static final int DOWN = 12;
  static final int DOWN_BIAS = 13;

  private LayerLayout() {}

  /** Place of a tensor outside the layers, or within its layer. */
  public static int place(TensorRole role) {
    return switch (role) {
      case EMBEDDING -> EMBEDDING;
      case POSITIONS -> POSITIONS;
      case FINAL_NORM -> FINAL_NORM;
      case FINAL_NORM_BIAS -> FINAL_NORM_BIAS;
      case HEAD -> HEAD;
      case ATTENTION_NORM -> ATTENTION_NORM;
      case ATTENTION_NORM_BIAS -> ATTENTION_NORM_BIAS;
      case QUERY, KEY, VALUE, QUERY_KEY_VALUE -> QUERY_KEY_VALUE;
      case QUERY_BIAS, KEY_BIAS, VALUE_BIAS, QUERY_KEY_VALUE_BIAS -> QUERY_KEY_VALUE_BIAS;
      case QUERY_NORM -> QUERY_NORM;
      case KEY_NORM -> KEY_NORM;
      case OUTPUT -> OUTPUT;
      case OUTPUT_BIAS -> OUTPUT_BIAS;
      case FEED_NORM -> FEED_NORM;
      case FEED_NORM_BIAS -> FEED_NORM_BIAS;
      case GATE, UP -> GATE_UP;
      case GATE_BIAS, UP_BIAS -> GATE_UP_BIAS;
      case DOWN -> DOWN;
      case DOWN_BIAS -> DOWN_BIAS;
    };
  }

  /**
   * For every place the tensors that fill it, in the order in which their rows stand. Empty where
   * the family has none, for the frequencies, and for a tied head.
   */
  public static List<List<ModelTensor>> of(Architecture architecture) {
    List<List<ModelTensor>> places = new ArrayList<>(empty(FIRST_LAYER));
    for (ModelTensor tensor : architecture.outerTensors()) {
      places.get(place(tensor.role())).add(tensor);
    }
    for (int layer = 0; layer < architecture.layers(); layer++) {
      List<List<ModelTensor>> mine = empty(PER_LAYER);
      for (ModelTensor tensor : architecture.layerTensors(layer)) {
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
