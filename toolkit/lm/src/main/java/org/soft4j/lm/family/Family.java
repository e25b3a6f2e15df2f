package org.soft4j.lm.family;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Model families, by the name that config.json and GGUF files give them. */
public enum Family {
  /** Llama 1 to 3, SmolLM, SmolLM2, TinyLlama (Touvron et al. 2023). */
  LLAMA("llama", "LlamaForCausalLM"),
  /** Mistral 7B and its kin (Jiang et al. 2023). */
  MISTRAL("mistral", "MistralForCausalLM"),
  /** Qwen2 and Qwen2.5 (Yang et al. 2024). */
  QWEN2("qwen2", "Qwen2ForCausalLM"),
  /** Qwen3, the dense models (Yang et al. 2025). */
  QWEN3("qwen3", "Qwen3ForCausalLM"),
  /** GPT-2 and DistilGPT2 (Radford et al. 2019). */
  GPT2("gpt2", "GPT2LMHeadModel");

  private static final List<String> LLAMA_LINEARS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");
  private static final List<String> GPT2_LINEARS = List.of("c_attn", "c_proj", "c_fc");

  private final String modelType;
  private final String className;

  Family(String modelType, String className) {
    this.modelType = modelType;
    this.className = className;
  }

  /** The family of a model_type such as {@code llama}. */
  public static Optional<Family> of(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }

  /** The model_type of all families, for messages. */
  static String supported() {
    return Arrays.stream(values()).map(Family::modelType).collect(Collectors.joining(", "));
  }

  /** As config.json names it, such as {@code llama}. */
  public String modelType() {
    return modelType;
  }

  /** The class that transformers loads it with. */
  public String className() {
    return className;
  }

  /** Names of the linear layers that an adapter may change, as PEFT knows them. */
  public List<String> linears() {
    return this == GPT2 ? GPT2_LINEARS : LLAMA_LINEARS;
  }
}
