package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;

/** The tensors of a GGUF file under Hugging Face's names and in its layout. */
public final class GgufWeights implements WeightSource {
  /** A tensor of the file and what it is in the model. */
  private record Found(Gguf.Tensor tensor, ModelTensor place) {}

  private final Gguf gguf;
  private final Architecture architecture;
  private final Map<String, Found> tensors;

  private GgufWeights(Gguf gguf, Architecture architecture, Map<String, Found> tensors) {
    this.gguf = gguf;
    this.architecture = architecture;
    this.tensors = tensors;
  }

  /**
   * Renames every tensor; one that the decoder would leave out is refused, such as a bias of one
   * layer.
   */
  public static GgufWeights of(Gguf gguf, Architecture architecture) {
    Map<String, ModelTensor> wanted = wanted(gguf, architecture);
    Map<String, Found> tensors = new LinkedHashMap<>();
    for (Gguf.Tensor tensor : gguf.tensors().values()) {
      ModelTensor place = wanted.get(tensor.name());
      if (place != null) {
        tensors.put(place.name(), new Found(tensor, place));
      } else if (!tensor.name().equals(GgufRope.FACTORS)) {
        // Those factors are part of the architecture by now.
        throw ModelErrors.unsupported(
            gguf.slices().file(),
            "tensor %s has no place in a %s model"
                .formatted(tensor.name(), architecture.family().modelType()),
            "Experts, extra layers and biases of single layers are not supported.");
      }
    }
    return new GgufWeights(gguf, architecture, Collections.unmodifiableMap(tensors));
  }

  /** By GGUF's names; of a damaged number of layers no more than the file has tensors. */
  private static Map<String, ModelTensor> wanted(Gguf gguf, Architecture architecture) {
    Map<String, ModelTensor> wanted = new HashMap<>();
    architecture.outerTensors().forEach(t -> wanted.put(t.ggufName(), t));
    int layers = Math.min(architecture.layers(), gguf.tensors().size());
    for (int layer = 0; layer < layers; layer++) {
      architecture.layerTensors(layer).forEach(t -> wanted.put(t.ggufName(), t));
    }
    return wanted;
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public long[] shape(String name) {
    Found found = find(name);
    long[] shape = found.tensor().shape();
    // Hugging Face holds some matrices as [inputs, outputs]; GGUF never does.
    return found.place().transposed() && shape.length == 2
        ? new long[] {shape[1], shape[0]}
        : shape.clone();
  }

  @Override
  public String storedType(String name) {
    return find(name).tensor().type().name();
  }

  @Override
  public StoredTensor read(String name) {
    Gguf.Tensor tensor = find(name).tensor();
    ModelTensor place = find(name).place();
    ByteBuffer bytes = gguf.slices().map(tensor.begin(), tensor.bytes());
    StoredTensor stored = new StoredTensor(type(tensor), tensor.shape().clone(), bytes);
    if (tensor.type().quantized()) {
      requireAddressable(tensor);
      stored =
          new StoredTensor(stored.type(), stored.shape(), Dequantizer.run(tensor.type(), bytes));
    }
    if (place.transposed()) {
      return transposed(stored);
    }
    if (!architecture.family().ggufTurnsNeighbours()) {
      return stored;
    }
    return switch (place.role()) {
      case QUERY, QUERY_BIAS -> withHalvesApart(stored, architecture.heads());
      case KEY, KEY_BIAS -> withHalvesApart(stored, architecture.keyValueHeads());
      default -> stored;
    };
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

  private Found find(String name) {
    Found found = tensors.get(name);
    if (found == null) {
      throw ModelErrors.damaged(gguf.slices().file(), "has no tensor " + name);
    }
    return found;
  }
}
