package org.soft4j.run;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.Setting;
import org.soft4j.lm.open.ModelChoice;

/** Which model is opened, and how. */
public record ModelSettings(
    @Setting(
            value =
                "Model folder, GGUF file, fetched or embedded name; eval also takes an endpoint"
                    + " http(s)://host/v1#name (key in SOFT4J_API_KEY or OPENAI_API_KEY).",
            flag = "--model",
            label = "M")
        String name,
    @Setting(
            value = "Adapter in PEFT's layout, put on the model.",
            flag = "--adapter",
            label = "DIR")
        String adapter,
    @Setting(value = "auto, cpu or gpu:N.", flag = "--device", label = "D") String device,
    @Setting(value = "auto, float32, bfloat16 or int8.", flag = "--dtype", label = "T")
        String dtype,
    @Setting(
            value = "Threads of matrix kernels; 0 leaves the choice to the engine.",
            flag = "--threads",
            label = "N")
        int threads,
    @Setting(
            value =
                "Beginning-of-text token before every text: auto (as the tokenizer has it), on or"
                    + " off.",
            flag = "--bos",
            label = "B")
        String bos) {
  static final ModelSettings DEFAULT = of(ModelChoice.of(""));

  static ModelSettings of(ModelChoice choice) {
    return new ModelSettings(
        choice.model(),
        choice.adapter().map(Path::toString).orElse(""),
        choice.device(),
        choice.dtype(),
        choice.threads(),
        choice.bos());
  }

  /** What is opened. */
  public ModelChoice choice() {
    return new ModelChoice(
        name,
        Optional.of(adapter).filter(folder -> !folder.isEmpty()).map(Path::of),
        device,
        dtype,
        threads,
        bos);
  }
}
