package org.soft4j.lm.family;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The families that soft4j knows. */
public final class ModelFamilies {
  /** Llama, of which the micro model is one. */
  public static final ModelFamily LLAMA = new Llama();

  private static final List<ModelFamily> ALL =
      List.of(LLAMA, new Mistral(), new Qwen2(), new Qwen3(), new Gpt2());

  private ModelFamilies() {}

  /** The family of a model_type such as {@code llama}. */
  public static Optional<ModelFamily> of(String modelType) {
    return ALL.stream().filter(family -> family.modelType().equals(modelType)).findFirst();
  }

  /** The family of a GGUF file's general.architecture, one without windows where two share it. */
  public static Optional<ModelFamily> ofGguf(String name) {
    return ALL.stream().filter(family -> family.ggufName().equals(name)).findFirst();
  }

  /** All of them, for messages. */
  static String supported() {
    return ALL.stream().map(ModelFamily::modelType).collect(Collectors.joining(", "));
  }

  /** The names of those in GGUF files, for messages. */
  public static String supportedInGguf() {
    return ALL.stream()
        .map(
            family ->
                family.ggufName().equals(family.modelType())
                    ? family.modelType()
                    : family.modelType() + " (as " + family.ggufName() + ")")
        .collect(Collectors.joining(", "));
  }
}
