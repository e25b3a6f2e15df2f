package org.soft4j.lm.remote;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a kind of server loads adapters while it runs, and how requests name them. */
public enum LoraRoutes {
  /** vLLM: below /v1, where the server was started with leave to; an adapter is a model's name. */
  VLLM,
  /** SGLang: beside /v1; an adapter is named behind its base, with a colon between. */
  SGLANG;

  /** What vLLM takes as --max-lora-rank (vllm/config/lora.py, 0.32). */
  private static final List<Integer> RANKS = List.of(1, 8, 16, 32, 64, 128, 256, 320, 512);

  /** Of a server that tells its kind; empty for any other. */
  static Optional<LoraRoutes> of(Dialect dialect) {
    return switch (dialect) {
      case VLLM -> Optional.of(VLLM);
      case SGLANG -> Optional.of(SGLANG);
      default -> Optional.empty();
    };
  }

  Dialect dialect() {
    return this == VLLM ? Dialect.VLLM : Dialect.SGLANG;
  }

  /** Address of {@code load_lora_adapter} and its like. */
  URI at(Endpoint endpoint, String route) {
    String base = endpoint.base().toString();
    return URI.create((this == VLLM ? base : base.replaceAll("/v1$", "")) + "/" + route);
  }

  /** What a request calls an adapter. */
  String model(String base, String adapter) {
    return this == VLLM ? adapter : base + ":" + adapter;
  }

  /** In files and on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The line that starts a server for a run.
   *
   * @param model that it serves
   * @param rank of the largest adapter
   * @param modules that adapters change
   */
  public String start(String model, int rank, List<String> modules) {
    String targets = String.join(" ", modules);
    if (this == SGLANG) {
      return "python -m sglang.launch_server --model-path %s --enable-lora --max-lora-rank %s"
              .formatted(model, rank)
          + " --lora-target-modules "
          + targets;
    }
    return "VLLM_ALLOW_RUNTIME_LORA_UPDATING=1 vllm serve %s --enable-lora --max-lora-rank %s"
            .formatted(model, most(rank))
        + " --lora-target-modules "
        + targets;
  }

  /** The largest rank that any server of this kind takes. */
  public int most() {
    return this == VLLM ? RANKS.get(RANKS.size() - 1) : Integer.MAX_VALUE;
  }

  private static int most(int rank) {
    return RANKS.stream().filter(known -> known >= rank).findFirst().orElse(rank);
  }
}
