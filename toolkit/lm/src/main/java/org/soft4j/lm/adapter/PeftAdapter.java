package org.soft4j.lm.adapter;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.soft4j.core.Json;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.StoredTensor;

/**
 * A LoRA adapter relative to a base model.
 *
 * @param deltas by the name of the weight they change, such as {@code
 *     model.layers.0.self_attn.q_proj.weight}, sorted
 * @param bases weights that the adapter brings itself, to which its deltas are added in place of
 *     the model's own: PEFT saves those of an output head that it changes
 */
public record PeftAdapter(Map<String, LowRankDelta> deltas, Map<String, StoredTensor> bases) {
  /** The one weight that PEFT saves beside an adapter of it. */
  static final String HEAD = "lm_head.weight";

  /** The weights file of PEFT's layout. */
  public static final String WEIGHTS = "adapter_model.safetensors";

  /** The settings file of PEFT's layout. */
  public static final String CONFIG = "adapter_config.json";

  public PeftAdapter {
    deltas = Collections.unmodifiableMap(new TreeMap<>(deltas));
    bases = Collections.unmodifiableMap(new TreeMap<>(bases));
  }

  /** An adapter to the model's own weights. */
  public PeftAdapter(Map<String, LowRankDelta> deltas) {
    this(deltas, Map.of());
  }

  /**
   * Reads an adapter folder; rank and alpha patterns and rank-stabilised scaling are applied.
   *
   * @throws UserError if a file is missing or damaged, or the adapter has what soft4j would not
   *     compute (DoRA, trained biases, whole modules)
   */
  public static PeftAdapter read(Path folder) {
    return PeftReader.read(folder);
  }

  /**
   * What an adapter folder calls its base model: a path, an identifier of the hub or nothing.
   *
   * @throws UserError if it is no adapter folder
   */
  public static Optional<String> baseModel(Path folder) {
    String name = JsonFile.read(folder.resolve(CONFIG)).path("base_model_name_or_path").asText("");
    return Optional.of(name).filter(text -> !text.isBlank() && !text.equals("null"));
  }

  /**
   * The digest of what an adapter does. The folder of the base model, which differs from machine to
   * machine, counts by its name alone.
   */
  public static String digest(Path folder) {
    Path config = folder.resolve(CONFIG);
    String text = WholeFile.read(config);
    String base = baseModel(folder).orElse("");
    Map<Path, byte[]> instead = new TreeMap<>();
    if (!base.isEmpty() && Path.of(base).isAbsolute() && text.contains(Json.line(base))) {
      String name = String.valueOf(Path.of(base).getFileName());
      String alike = text.replace(Json.line(base), Json.line(name));
      instead.put(config, alike.getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.ofFiles(List.of(config, folder.resolve(WEIGHTS)), instead);
  }

  /**
   * Writes an adapter folder as a whole. All modules get one rank, with zeros where theirs is
   * smaller, and alpha equals that rank, so that PEFT's scale is exactly 1; each module's own scale
   * is multiplied into its B.
   *
   * @param folder replaced where it exists
   * @param baseModel what PEFT loads as the base model: an absolute folder or a hub identifier
   */
  public void write(Path folder, String baseModel) {
    PeftWriter.write(unitScale(), folder, baseModel);
  }

  /**
   * The adapter whose effect is the sum of both: concatenated by rank. The older adapter's numbers
   * stay as they are (up to their scale, see {@link #write}).
   */
  public PeftAdapter plus(PeftAdapter newer) {
    PeftAdapter first = unitScale();
    PeftAdapter second = newer.unitScale();
    Map<String, LowRankDelta> sum = new TreeMap<>();
    TreeSet<String> names = new TreeSet<>(first.deltas.keySet());
    names.addAll(second.deltas.keySet());
    for (String name : names) {
      LowRankDelta a = first.deltas.get(name);
      LowRankDelta b = second.deltas.get(name);
      if (a == null || b == null) {
        sum.put(name, a == null ? b : a);
      } else {
        sum.put(name, a.concatenated(b));
      }
    }
    Map<String, StoredTensor> brought = new TreeMap<>(bases);
    brought.putAll(newer.bases);
    return new PeftAdapter(sum, brought);
  }

  /** Largest rank of its modules. */
  public int rank() {
    return deltas.values().stream().mapToInt(LowRankDelta::rank).max().orElse(0);
  }

  /**
   * Checks that a model has every layer that the adapter changes, in the adapter's shape.
   *
   * @throws UserError naming the first that does not fit
   */
  public void check(Architecture architecture) {
    Map<String, long[]> shapes = new HashMap<>();
    architecture.tensors().stream()
        .filter(tensor -> tensor.shape().length == 2)
        .forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
    if (architecture.tiedHead() && deltas.containsKey(HEAD)) {
      throw new UserError(
          "The adapter changes %s, and the model's output head is its embedding.".formatted(HEAD),
          "Train the adapter without lm_head among its target_modules, or on a model whose head is"
              + " stored by itself.");
    }
    bases.forEach((name, stored) -> checkBase(name, stored, shapes));
    deltas.forEach(
        (name, delta) -> {
          long[] seen = {delta.outputs(), delta.inputs()};
          long[] wanted = shapes.getOrDefault(name, new long[0]);
          if (!Arrays.equals(seen, wanted)) {
            throw new UserError(
                wanted.length == 0
                    ? "The adapter changes %s, which the model does not have.".formatted(name)
                    : "The adapter changes %s as a matrix of shape %s, and the model's is %s."
                        .formatted(name, Arrays.toString(seen), Arrays.toString(wanted)),
                "Use the adapter with the base model that it was trained on.");
          }
        });
  }

  private static void checkBase(String name, StoredTensor stored, Map<String, long[]> shapes) {
    long[] wanted = shapes.getOrDefault(name, new long[0]);
    if (!Arrays.equals(stored.shape(), wanted)) {
      throw new UserError(
          "The adapter brings %s of shape %s, and the model's is %s."
              .formatted(name, Arrays.toString(stored.shape()), Arrays.toString(wanted)),
          "Use the adapter with the base model that it was trained on; vocabularies that were"
              + " enlarged for the adapter are not supported.");
    }
  }

  private PeftAdapter unitScale() {
    Map<String, LowRankDelta> unit = new TreeMap<>();
    deltas.forEach((name, delta) -> unit.put(name, delta.unitScale()));
    return new PeftAdapter(unit, bases);
  }
}
