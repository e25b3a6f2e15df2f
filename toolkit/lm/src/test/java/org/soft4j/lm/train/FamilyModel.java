package org.soft4j.lm.train;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.layer.Dtype;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/** One family's model, opened, with the golden values of tools/golden/lora_families.py. */
final class FamilyModel implements AutoCloseable {
  private static final int LONGEST = 64;

  final Path folder;
  final ModelSource source;
  final PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
  final DecoderWeights weights;
  final JsonNode values;
  final Safetensors golden;

  FamilyModel(String name) {
    folder = Path.of("src/test/resources/golden").resolve(name);
    source = ModelFiles.open(folder);
    weights =
        DecoderWeights.load(
            source.weights(),
            source.architecture(),
            Dtype.FLOAT32,
            new DeviceChoice("cpu", "cpu", "test"),
            manager);
    values = JsonFile.read(folder.resolve("lora/golden.json"));
    golden = Safetensors.open(folder.resolve("lora/golden.safetensors"));
  }

  /** The adapter that the gradients are taken at. */
  PeftAdapter start() {
    Map<String, LowRankDelta> deltas = new TreeMap<>();
    for (String half : halves()) {
      String module = half.substring(0, half.lastIndexOf('.'));
      deltas.put(
          module + ".weight",
          new LowRankDelta(
              2,
              3 / 2.0,
              TensorValues.read(golden.read("start." + module + ".lora_A")),
              TensorValues.read(golden.read("start." + module + ".lora_B"))));
    }
    return new PeftAdapter(deltas);
  }

  /** Names of all adapter halves, in the trainer's order. */
  List<String> halves() {
    List<String> halves = new ArrayList<>();
    for (int layer = 0; layer < source.architecture().layers(); layer++) {
      for (ModelTensor tensor : source.architecture().layerTensors(layer)) {
        if (LinearSlot.of(tensor.role()).isPresent()) {
          halves.add(tensor.module() + ".lora_A");
          halves.add(tensor.module() + ".lora_B");
        }
      }
    }
    return halves;
  }

  /** The trainer with adapters of rank 2 and alpha 3 on all linear layers. */
  TrainCore core(boolean idle, long activationBytes) {
    List<PtNDArray> parameters = new ArrayList<>();
    for (String half : halves()) {
      float[] start = TensorValues.read(golden.read("start." + half));
      long[] shape = golden.shape("start." + half);
      float[] first = idle ? new float[start.length] : start;
      parameters.add(NativeTensors.parameter(manager, first, shape));
    }
    Architecture shape = source.architecture();
    Learned learned = Learned.adapters(parameters, slots(), 3 / 2.0, 0);
    TrainWeights all = TrainWeights.of(weights, manager);
    return new TrainCore(manager, shape, all, learned, LONGEST, activationBytes);
  }

  private List<Long> slots() {
    List<Long> slots = new ArrayList<>();
    long next = 0;
    for (int layer = 0; layer < source.architecture().layers(); layer++) {
      Long[] mine = new Long[LinearSlot.values().length];
      Arrays.fill(mine, -1L);
      for (ModelTensor tensor : source.architecture().layerTensors(layer)) {
        if (LinearSlot.of(tensor.role()).isPresent()) {
          mine[LinearSlot.of(tensor.role()).get().ordinal()] = next++;
        }
      }
      slots.addAll(List.of(mine));
    }
    return slots;
  }

  double loss(TrainCore core) {
    long learned = values.path("learned").asLong();
    return MicroBatch.split(rows(), 1000).stream()
            .mapToDouble(part -> core.accumulate(part, learned, 0))
            .sum()
        / learned;
  }

  /** The trainer of all weights. */
  TrainCore full(long activationBytes) {
    TrainWeights all = TrainWeights.of(weights, manager);
    Learned learned = FullTrainer.learned(weights);
    return new TrainCore(manager, source.architecture(), all, learned, LONGEST, activationBytes);
  }

  private List<TokenSequence> rows() {
    List<TokenSequence> rows = new ArrayList<>();
    for (JsonNode row : values.path("rows")) {
      int length = row.path("ids").size();
      boolean[] learned = new boolean[length];
      Arrays.fill(learned, row.path("prompt").asInt(), length, true);
      rows.add(
          new TokenSequence(
              IntStream.range(0, length).map(i -> row.path("ids").get(i).asInt()).toArray(),
              learned));
    }
    return rows;
  }

  @Override
  public void close() {
    weights.close();
    manager.close();
    source.close();
  }
}
