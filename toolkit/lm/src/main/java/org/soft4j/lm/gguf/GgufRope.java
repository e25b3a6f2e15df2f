package org.soft4j.lm.gguf;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.family.RopeScaling;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;

/** How a GGUF file stretches rotary positions: by metadata, or by a tensor of factors. */
final class GgufRope {
  /** The tensor with one factor per pair of a head, by which a frequency is divided. */
  static final String FACTORS = "rope_freqs.weight";

  private GgufRope() {}

  static RopeScaling read(Gguf gguf, String prefix, int headDimension) {
    GgufMetadata metadata = gguf.metadata();
    String type = metadata.text(prefix + "rope.scaling.type").orElse("none");
    // Files of 2023 say the linear factor under an older key.
    double older = metadata.positive(prefix + "rope.scale_linear", 1);
    double factor = metadata.positive(prefix + "rope.scaling.factor", older);
    if (!type.equals("none") && !type.equals("linear")) {
      throw ModelErrors.unsupported(
          metadata.file(),
          prefix + "rope.scaling.type = " + type + " is not supported",
          "Supported: none, linear, and factors in a tensor " + FACTORS + ".");
    }
    Gguf.Tensor factors = gguf.tensors().get(FACTORS);
    boolean linear = type.equals("linear") ? factor != 1 : older != 1;
    if (factors != null && linear) {
      throw metadata.damaged("has both linear rope scaling and a tensor " + FACTORS);
    }
    if (factors != null) {
      return factors(gguf, factors, headDimension);
    }
    return linear ? new RopeScaling.Linear(factor) : new RopeScaling.None();
  }

  private static RopeScaling factors(Gguf gguf, Gguf.Tensor tensor, int headDimension) {
    if (tensor.type() != GgufTensorType.F32
        || tensor.shape().length != 1
        || tensor.shape()[0] != headDimension / 2) {
      throw gguf.metadata()
          .damaged(
              "has a tensor " + FACTORS + " that is not " + headDimension / 2 + " F32 numbers");
    }
    float[] values =
        TensorValues.read(
            new StoredTensor(
                StoredTensor.Type.F32,
                tensor.shape(),
                gguf.slices().map(tensor.begin(), tensor.bytes())));
    List<Float> factors = new ArrayList<>();
    for (float value : values) {
      if (!(value > 0) || Float.isInfinite(value)) {
        throw gguf.metadata().damaged("has " + value + " in " + FACTORS);
      }
      factors.add(value);
    }
    return new RopeScaling.Factors(factors);
  }
}
