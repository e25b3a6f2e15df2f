package org.soft4j.lm.open;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which model to open, and how.
 *
 * @param model a folder, a GGUF file, a fetched name or an embedded name
 * @param adapter folder of an adapter in PEFT's layout, put on the model
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}
 * @param dtype {@code auto}, {@code float32} or {@code bfloat16}
 * @param threads of matrix kernels; 0 leaves the choice to the engine
 * @param bos whether a beginning-of-text token stands before every text: {@code auto} (as the
 *     tokenizer has it), {@code on} or {@code off}
 */
public record ModelChoice(
    String model, Optional<Path> adapter, String device, String dtype, int threads, String bos) {
  /** A model on whatever device and number format suit this machine. */
  public static ModelChoice of(String model) {
    return new ModelChoice(model, Optional.empty(), "auto", "auto", 0, "auto");
  }

  /** Another model, opened in the same way. */
  public ModelChoice withModel(String name) {
    return new ModelChoice(name, adapter, device, dtype, threads, bos);
  }

  /** The same model on another device. */
  public ModelChoice on(String newDevice) {
    return new ModelChoice(model, adapter, newDevice, dtype, threads, bos);
  }

  /** The same model with another adapter, or none. */
  public ModelChoice with(Optional<Path> newAdapter) {
    return new ModelChoice(model, newAdapter, device, dtype, threads, bos);
  }
}
