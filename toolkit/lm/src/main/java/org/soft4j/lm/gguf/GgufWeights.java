package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.Family;
import org.soft4j.lm.family.ModelTensors;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;

/** The tensors of a GGUF file under Hugging Face's names and in its layout. */
public final class GgufWeights implements WeightSource {
  private final Gguf gguf;
  private final Architecture architecture;
  private final Map<String, Gguf.Tensor> tensors;

  private GgufWeights(Gguf gguf, Architecture architecture, Map<String, Gguf.Tensor> tensors) {
    this.gguf = gguf;
    this.architecture = architecture;
    this.tensors = tensors;
  }

  /** Renames every tensor; one that the decoder would leave out is refused. */
  public static GgufWeights of(Gguf gguf, Architecture architecture) {
    Map<String, Gguf.Tensor> tensors = new LinkedHashMap<>();
    for (Gguf.Tensor tensor : gguf.tensors().values()) {
      // The factors of the rotary frequencies are part of the architecture by now.
      if (!tensor.name().equals(GgufRope.FACTORS)) {
        tensors.put(name(gguf, architecture, tensor.name()), tensor);
      }
    }
    return new GgufWeights(gguf, architecture, Collections.unmodifiableMap(tensors));
  }

  /** Refuses a tensor that the architecture does not use, such as a bias of a single layer. */
  public void refuseUnused() {
    Set<String> used = ModelTensors.shapes(architecture).keySet();
    for (Map.Entry<String, Gguf.Tensor> entry : tensors.entrySet()) {
      if (!used.contains(entry.getKey())) {
        throw unplaced(gguf, architecture, entry.getValue().name());
      }
    }
  }

  private static String name(Gguf gguf, Architecture architecture, String name) {
    return GgufNames.huggingFace(architecture.family(), name)
        .orElseThrow(() -> unplaced(gguf, architecture, name));
  }

  private static UserError unplaced(Gguf gguf, Architecture architecture, String name) {
    return ModelErrors.unsupported(
        gguf.slices().file(),
        "tensor %s has no place in a %s model".formatted(name, architecture.family().modelType()),
        "Experts, extra layers and biases of single layers are not supported.");
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public long[] shape(String name) {
    long[] shape = find(name).shape();
    return transposed(name) ? new long[] {shape[1], shape[0]} : shape.clone();
  }

  @Override
  public String storedType(String name) {
    return find(name).type().name();
  }

  @Override
  public StoredTensor read(String name) {
    Gguf.Tensor tensor = find(name);
    ByteBuffer bytes = gguf.slices().map(tensor.begin(), tensor.bytes());
    StoredTensor stored = new StoredTensor(type(tensor), tensor.shape().clone(), bytes);
    if (tensor.type().quantized()) {
      requireAddressable(tensor);
      stored =
          new StoredTensor(stored.type(), stored.shape(), Dequantizer.run(tensor.type(), bytes));
    }
    if (transposed(name)) {
      return transposed(stored);
    }
    boolean permuted =
        architecture.family() == Family.LLAMA || architecture.family() == Family.MISTRAL;
    if (permuted && name.contains(".q_proj.")) {
      return withHalvesApart(stored, architecture.heads());
    }
    return permuted && name.contains(".k_proj.")
        ? withHalvesApart(stored, architecture.keyValueHeads())
        : stored;
  }

  /** Whether Hugging Face holds a matrix as [inputs, outputs]; GGUF never does. */
  private boolean transposed(String name) {
    return architecture.family() == Family.GPT2
        && find(name).shape().length == 2
        && name.matches(".*\\.(c_attn|c_proj|c_fc)\\.weight");
  }

  private static StoredTensor transposed(StoredTensor tensor) {
    int rows = Math.toIntExact(tensor.shape()[0]);
    int columns = Math.toIntExact(tensor.shape()[1]);
    int width = tensor.type() == StoredTensor.Type.F32 ? 4 : 2;
    ByteBuffer source = tensor.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer target =
        ByteBuffer.allocateDirect(source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        int at = (row * columns + column) * width;
        if (width == 4) {
          target.putInt(source.getInt(at));
        } else {
          target.putShort(source.getShort(at));
        }
      }
    }
    return new StoredTensor(tensor.type(), new long[] {columns, rows}, target.flip());
  }

  private static StoredTensor.Type type(Gguf.Tensor tensor) {
    return switch (tensor.type()) {
      case F16 -> StoredTensor.Type.F16;
      case BF16 -> StoredTensor.Type.BF16;
      default -> StoredTensor.Type.F32;
    };
  }

  private void requireAddressable(Gguf.Tensor tensor) {
    long floats = tensor.bytes() / tensor.type().blockBytes() * tensor.type().blockElements();
    if (floats > Integer.MAX_VALUE / Float.BYTES) {
      throw ModelErrors.unsupported(
          gguf.slices().file(),
          "tensor " + tensor.name() + " has " + floats + " elements",
          "soft4j reads tensors of less than 2 GiB as 32-bit floats; use a smaller model.");
    }
  }

  /**
   * Undoes the exporter's permutation of rows: GGUF keeps the two numbers that a rotary embedding
   * turns side by side, Hugging Face keeps them half a head apart.
   */
  private static StoredTensor withHalvesApart(StoredTensor tensor, int heads) {
    int rows = Math.toIntExact(tensor.shape()[0]);
    int half = rows / heads / 2;
    int rowBytes = tensor.bytes().remaining() / rows;
    ByteBuffer target = ByteBuffer.allocateDirect(rows * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      int head = row / (2 * half);
      int side = row / half % 2;
      int source = head * 2 * half + 2 * (row % half) + side;
      target.put(row * rowBytes, tensor.bytes(), source * rowBytes, rowBytes);
    }
    return new StoredTensor(tensor.type(), tensor.shape(), target);
  }

  private Gguf.Tensor find(String name) {
    Gguf.Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw ModelErrors.damaged(gguf.slices().file(), "has no tensor " + name);
    }
    return tensor;
  }
}
