package org.soft4j.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The numbers that the runtime is to reach on two cores with the 135M model. */
final class Targets {
  private static final String FP32 = "float32";
  private static final String BF16 = "bfloat16";

  private Targets() {}

  static List<Target> of(Comparison all) {
    List<Target> targets = new ArrayList<>();
    for (String dtype : List.of(FP32, BF16)) {
      targets.add(
          Target.atLeast(
              "labelling " + dtype + ", times transformers " + dtype,
              3.5,
              rates(all.ours("labelling", dtype), all.peer("labelling", dtype))));
    }
    targets.add(
        Target.atLeast(
            "labelling int8, times transformers " + FP32,
            7,
            rates(all.ours("labelling", "int8"), all.peer("labelling", FP32))));
    targets.addAll(training(all));
    targets.add(
        Target.atLeast(
            "scoring float32, times the harness",
            20,
            Comparison.ratio(
                all.peer("scoring", FP32), all.ours("scoring", FP32), m -> m.value("seconds"))));
    targets.addAll(limits(all));
    return targets;
  }

  private static double rates(Optional<Measured> ours, Optional<Measured> peer) {
    return Comparison.ratio(ours, peer, m -> m.value("tokens_s"));
  }

  private static List<Target> training(Comparison all) {
    Optional<Measured> ours = all.ours("training", FP32);
    Optional<Measured> peer = all.peer("training", FP32);
    double difference =
        ours.isPresent() && peer.isPresent()
            ? Comparison.lossDifference(ours.get(), peer.get())
            : Double.NaN;
    return List.of(
        Target.atLeast("LoRA float32, times TRL + PEFT float32", 2.5, rates(ours, peer)),
        Target.atMost("LoRA float32, largest difference of a step's loss", 1e-3, difference),
        Target.atLeast(
            "LoRA on a bf16 base, times TRL + PEFT float32",
            4,
            rates(all.ours("training", BF16), peer)));
  }

  private static List<Target> limits(Comparison all) {
    List<Target> targets = new ArrayList<>();
    for (String dtype : List.of(FP32, BF16)) {
      Optional<Measured> rates = all.ours("rates", dtype);
      targets.add(
          Target.atLeast(
              "prefill " + dtype + ", share of the matrix rate",
              0.85,
              Target.of(rates, m -> m.value("prefill_gflops") / matrixRate(m))));
      targets.add(
          Target.atLeast(
              "training " + dtype + ", share of the matrix rate",
              0.6,
              Target.of(all.ours("training", dtype), m -> m.value("gflops") / matrixRate(m))));
      targets.add(
          Target.atLeast(
              "decoding one sequence " + dtype + ", share of the read bandwidth",
              0.7,
              Target.of(rates, m -> m.value("decode_gb_s") / m.value("limit_read_gb_s"))));
    }
    targets.add(
        Target.atMost(
            "start to the micro model's first token, seconds",
            3,
            Target.of(all.ours("first-token", FP32), m -> m.value("seconds"))));
    return targets;
  }

  /** The rate at the model's own shapes: what its products could reach at best. */
  static double matrixRate(Measured line) {
    return line.value("limit_gflops_model");
  }
}
