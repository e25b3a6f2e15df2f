package org.soft4j.lm;

import java.util.List;

/** What a training changes, and what it writes. */
public sealed interface TrainingMethod {
  /**
   * Low-rank matrices beside frozen weights (Hu et al. 2021); written as an adapter in PEFT's
   * layout.
   *
   * @param rank r of the adapter
   * @param alpha the adapter's output is scaled by alpha / rank
   * @param dropout probability with which a number of an adapter's input is dropped, from 0 to
   *     below 1; the numbers that stay are divided by 1 - dropout
   * @param targetModules names of the linear layers that get an adapter, such as {@code q_proj}, or
   *     {@link #ALL_LINEAR}
   */
  record Lora(int rank, double alpha, double dropout, List<String> targetModules)
      implements TrainingMethod {
    /** Stands for all linear layers of a model's family but the output head, as in PEFT. */
    public static final String ALL_LINEAR = "all-linear";

    /** What target modules may be called, over all families. */
    public static final List<String> MODULES =
        List.of(
            ALL_LINEAR,
            "q_proj",
            "k_proj",
            "v_proj",
            "o_proj",
            "gate_proj",
            "up_proj",
            "down_proj",
            "c_attn",
            "c_proj",
            "c_fc");

    public Lora {
      targetModules = List.copyOf(targetModules);
      if (rank < 1 || !(dropout >= 0 && dropout < 1)) {
        throw new IllegalArgumentException("rank %s, dropout %s".formatted(rank, dropout));
      }
    }
  }

  /** All weights, in fp32 whatever the model is held in; written as a whole model folder. */
  record Full() implements TrainingMethod {}
}
