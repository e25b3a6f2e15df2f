package org.soft4j.lm.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;

/**
 * The state of a training between two steps: parameters and both moments. It lies in one file, with
 * the step and what it was made from in the file's header, so that no two files can disagree.
 *
 * @param step the next step; the order of the examples follows from it and the seed
 * @param state by {@code parameter.N}, {@code first.N} and {@code second.N}, in the trainer's order
 */
record Checkpoint(int step, WeightSource state) {
  private static final String FILE = "training.safetensors";
  private static final String STEP = "step";

  /**
   * Writes the checkpoint as a whole, in place of an earlier one.
   *
   * @param state as {@link TrainCore} names it
   * @param made the settings, examples and model it belongs to, in words
   */
  static void write(
      Path folder, int step, LinkedHashMap<String, StoredTensor> state, Map<String, String> made) {
    Map<String, String> metadata = new TreeMap<>(made);
    metadata.put(STEP, Integer.toString(step));
    Safetensors.write(folder.resolve(FILE), state, metadata);
  }

  /**
   * Reads the checkpoint of a folder, if there is one.
   *
   * @param made as given to {@link #write}
   * @throws UserError if it belongs to another training, naming what differs, or is damaged
   */
  static Optional<Checkpoint> read(Path folder, Map<String, String> made) {
    Path path = folder.resolve(FILE);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    Safetensors file = Safetensors.open(path);
    refuseForeign(path, file.metadata(), made);
    return Optional.of(new Checkpoint(Integer.parseInt(file.metadata().get(STEP)), file));
  }

  private static void refuseForeign(Path path, Map<String, String> seen, Map<String, String> made) {
    TreeSet<String> names = new TreeSet<>(seen.keySet());
    names.addAll(made.keySet());
    names.remove(STEP);
    List<String> differences =
        names.stream()
            .filter(name -> !made.getOrDefault(name, "").equals(seen.getOrDefault(name, "")))
            .map(
                name ->
                    "%s was %s and is %s"
                        .formatted(
                            name,
                            seen.getOrDefault(name, "missing"),
                            made.getOrDefault(name, "missing")))
            .toList();
    if (!differences.isEmpty() || !seen.containsKey(STEP)) {
      throw new UserError(
          "The checkpoint %s belongs to another training: %s."
              .formatted(path, String.join("; ", differences)),
          "Train with the settings and examples it was made with, or delete its folder.");
    }
  }
}
