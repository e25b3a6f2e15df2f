package org.soft4j.lm.family;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;

/**
 * The tensors of a folder in the Hugging Face layout, under their full names: some files leave out
 * the first part of them.
 */
public final class FolderWeights implements WeightSource {
  private final WeightSource files;
  private final String missing;

  private FolderWeights(WeightSource files, String missing) {
    this.files = files;
    this.missing = missing;
  }

  /**
   * Checks that the folder holds the tensors of its configuration, and no others of the decoder.
   *
   * @param files the tensors as they are stored
   * @return the same under their full names
   * @throws UserError naming the first tensor that is missing, of another shape, or not used
   */
  public static WeightSource check(Architecture architecture, WeightSource files, Path folder) {
    WeightSource weights = complete(architecture, files);
    architecture.requireTensors(weights, folder);
    if (architecture.tiedHead() && weights.names().contains(ModelTensor.HEAD)) {
      checkTiedHead(architecture, weights, folder);
    }
    refuseUnused(architecture, weights, folder);
    return weights;
  }

  private static WeightSource complete(Architecture architecture, WeightSource files) {
    String prefix = architecture.family().optionalPrefix().orElse("");
    String first = architecture.outerTensors().get(0).name();
    return prefix.isEmpty() || files.names().contains(first)
        ? files
        : new FolderWeights(files, prefix);
  }

  /**
   * A stored head must be the embedding: otherwise it is not clear which is meant, and transformers
   * takes the stored one in some versions.
   */
  private static void checkTiedHead(Architecture architecture, WeightSource weights, Path folder) {
    String embedding = architecture.outerTensors().get(0).name();
    StoredTensor stored = weights.read(ModelTensor.HEAD);
    StoredTensor tied = weights.read(embedding);
    if (stored.type() != tied.type() || !stored.bytes().equals(tied.bytes())) {
      throw new UserError(
          "%s: tie_word_embeddings = true, and %s is not %s"
              .formatted(folder, ModelTensor.HEAD, embedding),
          "If the stored head is meant, set tie_word_embeddings to false in config.json;"
              + " else fetch the model again.");
    }
  }

  /**
   * Refuses weights of the decoder that nothing would use, such as biases or norms that the
   * configuration does not speak of; heads of other kinds beside the decoder are left alone.
   */
  private static void refuseUnused(Architecture architecture, WeightSource weights, Path folder) {
    ModelFamily family = architecture.family();
    Set<String> used = architecture.storedShapes().keySet();
    for (String name : new TreeSet<>(weights.names())) {
      boolean head = name.startsWith("lm_head.");
      boolean tied = architecture.tiedHead() && name.equals(ModelTensor.HEAD);
      boolean ours =
          head
              || name.startsWith(family.layerPrefix())
                  && !family.computed().matcher(name).matches();
      if (ours && !tied && !used.contains(name)) {
        throw ModelErrors.unsupported(
            folder,
            "tensor %s has no place in a %s model of %s layers as config.json describes it"
                .formatted(name, family.modelType(), architecture.layers()),
            "config.json and the weights belong to different models: fetch both again. Extra"
                + " layers, norms and biases are not supported.");
      }
    }
  }

  private String bare(String name) {
    return name.startsWith(missing) ? name.substring(missing.length()) : name;
  }

  @Override
  public Set<String> names() {
    return files.names().stream()
        .map(name -> name.equals(ModelTensor.HEAD) ? name : missing + name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public long[] shape(String name) {
    return files.shape(bare(name));
  }

  @Override
  public String storedType(String name) {
    return files.storedType(bare(name));
  }

  @Override
  public void checkType(String name) {
    files.checkType(bare(name));
  }

  @Override
  public StoredTensor read(String name) {
    return files.read(bare(name));
  }
}
