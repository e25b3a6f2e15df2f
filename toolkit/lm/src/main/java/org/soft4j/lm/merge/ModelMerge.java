package org.soft4j.lm.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WholeFolder;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/**
 * A model and adapters of it, to be written as one model: W' = W + scale * B A of every adapter (Hu
 * et al. 2021, section 4.1), computed in fp32 as PEFT's merge_and_unload does.
 */
public final class ModelMerge implements AutoCloseable {
  /** How the model is laid out. */
  public enum Layout {
    /** A folder that transformers loads. */
    HF,
    /** One file that llama.cpp loads. */
    GGUF
  }

  /**
   * What was written.
   *
   * @param model to open: the folder or the file
   * @param format of its matrices
   * @param bytes of all its files
   * @param loss root mean square of what the format's rounding changed, as a share of the weights'
   * @param notes what a user should know of how other tools read it
   */
  public record Written(
      Path model, NumberFormat format, long bytes, double loss, List<String> notes) {
    public Written {
      notes = List.copyOf(notes);
    }
  }

  private static final String STAGING = "merge";

  private final ModelSource source;
  private final Map<String, List<LowRankDelta>> deltas = new HashMap<>();
  private final Map<String, StoredTensor> brought = new HashMap<>();

  private ModelMerge(ModelSource source) {
    this.source = source;
  }

  /**
   * Opens a model and adapters of it.
   *
   * @param base folder or GGUF file
   * @param adapters folders in PEFT's layout; their effects are added
   * @throws UserError if one of them is damaged or not supported, or belongs to another model
   */
  public static ModelMerge open(Path base, List<Path> adapters) {
    ModelMerge merge = new ModelMerge(ModelFiles.open(base));
    try {
      adapters.forEach(merge::add);
    } catch (RuntimeException refused) {
      merge.close();
      throw refused;
    }
    return merge;
  }

  private void add(Path folder) {
    PeftAdapter adapter = PeftAdapter.read(folder);
    adapter.check(source.architecture());
    adapter
        .bases()
        .forEach(
            (name, tensor) -> {
              if (brought.put(name, tensor) != null || deltas.containsKey(name)) {
                throw new UserError(
                    "%s brings a %s of its own, which another adapter changes too."
                        .formatted(folder, name),
                    "Merge one of them, and train the other on the merged model.");
              }
            });
    adapter
        .deltas()
        .forEach((name, delta) -> deltas.computeIfAbsent(name, n -> new ArrayList<>()).add(delta));
  }

  /** The files of the base model. */
  public ModelSource source() {
    return source;
  }

  /** The format that most of the base's weights have, or fp32 where they are quantized. */
  public NumberFormat usual() {
    Map<NumberFormat, Long> elements = new HashMap<>();
    for (ModelTensor tensor : source.architecture().tensors()) {
      String type = source.weights().storedType(tensor.name());
      elements.merge(
          NumberFormat.stored(type).orElse(NumberFormat.F32), tensor.elements(), Long::sum);
    }
    return elements.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** Numbers in all tensors. */
  public long elements() {
    return source.architecture().tensors().stream().mapToLong(ModelTensor::elements).sum();
  }

  /**
   * A tensor of the model with every adapter added.
   *
   * @param asStored whether its rows are those of Hugging Face's files; else those that the model
   *     multiplies
   */
  MergedTensor tensor(ModelTensor tensor, boolean asStored) {
    String name = tensor.name();
    StoredTensor stored =
        brought.containsKey(name) ? brought.get(name) : source.weights().read(name);
    boolean turned = tensor.transposed() && !asStored;
    Optional<LowRankDelta> delta =
        deltas.getOrDefault(name, List.of()).stream()
            .reduce(LowRankDelta::plus)
            .map(d -> tensor.transposed() && asStored ? d.transposed() : d);
    MergedTensor merged = MergedTensor.asStored(stored.shaped(tensor.storedShape()), delta);
    return turned ? merged.turnedRound() : merged;
  }

  /**
   * Writes the model. Its files are made in a folder inside and moved to their places at the end,
   * the weights last: a folder with weights is whole.
   *
   * @param folder locked by the caller; holds nothing else
   * @throws java.util.concurrent.CancellationException if asked to end; nothing is written then
   */
  public Written write(
      Path folder, Layout layout, NumberFormat format, Progress progress, Cancellation cancel) {
    Path staging = WholeFile.unfinished(folder.resolve(STAGING));
    WholeFolder.remove(staging);
    TensorRows rows = new TensorRows(cancel);
    try (Progress.Step step = progress.start("merging", elements(), "weights")) {
      Files.createDirectories(staging);
      List<String> files;
      List<String> notes;
      if (layout == Layout.HF) {
        files = new MergedFolder(this, format, rows, step).write(staging);
        notes = List.of();
      } else {
        MergedGguf gguf = new MergedGguf(this, format, rows, step);
        files = gguf.write(staging);
        notes = gguf.notes();
      }
      long bytes = 0;
      for (String name : files) {
        WholeFile.move(staging.resolve(name), folder.resolve(name));
        bytes += Files.size(folder.resolve(name));
      }
      Path model = layout == Layout.HF ? folder : folder.resolve(MergedGguf.FILE);
      return new Written(model, format, bytes, rows.loss(), notes);
    } catch (IOException e) {
      throw new UserError(
          "Cannot write the merged model into %s: %s".formatted(folder, e.getMessage()),
          "Check that the disk has room and the folder may be written.",
          e);
    } finally {
      WholeFolder.remove(staging);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
