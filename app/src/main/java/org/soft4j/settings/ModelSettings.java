package org.soft4j.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.Setting;
import org.soft4j.lm.open.ModelChoice;

/** Which model is opened, and how. */
public record ModelSettings(
    @Setting(
            value =
                "Model folder, GGUF file, fetched or embedded name; eval, label, generate and score also"
                    + " take an endpoint http(s)://host/v1#name (key in SOFT4J_API_KEY or"
                    + " OPENAI_API_KEY).",
            flag = "--model",
            label = "M",
            values = "folder, file, name or address")
        String name,
    @Setting(
            value =
                "Adapter in PEFT's layout, put on the model; a run's first round goes on from it.",
            flag = "--adapter",
            label = "DIR",
            values = "folder")
        String adapter,
    @Setting(
            value = "Device that computes: auto, cpu or gpu:N.",
            flag = "--device",
            label = "D",
            values = "auto, cpu, gpu:N")
        String device,
    @Setting(
            value = "Number format: auto, float32, bfloat16 or int8.",
            flag = "--dtype",
            label = "T",
            values = "auto, float32, bfloat16, int8")
        String dtype,
    @Setting(
            value = "Threads of matrix kernels; 0 leaves the choice to the engine.",
            flag = "--threads",
            label = "N",
            unit = "threads")
        int threads,
    @Setting(
            value =
                "Beginning-of-text token before every text: auto (as the tokenizer has it), on or"
                    + " off.",
            flag = "--bos",
            label = "B",
            values = "auto, on, off")
        String bos,
    @Setting(
            value =
                "Write each prompt in the model's chat format. At an endpoint, answers are asked"
                    + " for as chat messages anyway, and texts that are scored stand without.",
            flag = "--apply-chat-template",
            commands = {"eval", "generate"})
        boolean applyChatTemplate) {
  static final ModelSettings DEFAULT = of(ModelChoice.of(""));

  /** The settings that open such a model. */
  public static ModelSettings of(ModelChoice choice) {
    return new ModelSettings(
        choice.model(),
        choice.adapter().map(Path::toString).orElse(""),
        choice.device(),
        choice.dtype(),
        choice.threads(),
        choice.bos(),
        false);
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
