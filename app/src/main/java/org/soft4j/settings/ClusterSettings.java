package org.soft4j.settings;

import java.util.List;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;

/** The executors that compute, and how. */
public record ClusterSettings(
    @Setting(
            value =
                "Spark master whose executors compute: spark://host:7077, local[2], yarn or"
                    + " k8s://…; the results are those of one machine with as many threads as an"
                    + " executor has (--threads, here 1 unless it is given).",
            flag = "--cluster",
            label = "MASTER",
            values =
                "spark://host:7077, local[2], local-cluster[2,1,1024], yarn, k8s://…, or empty")
        String master,
    @Setting(
            value =
                "Where an adapter's gradients are computed: auto (on the executors where a"
                    + " micro-batch takes longer than the engine's overhead), executors or driver;"
                    + " the adapter is the same.",
            flag = "--cluster-training",
            label = "WHERE",
            commands = "run")
        Training training,
    @Setting(
            value =
                "Instruction set that all executors and this machine compute with, the smallest"
                    + " that all of them have: avx512, avx2 or default; empty for each one's own.",
            flag = "--instructions",
            label = "SET",
            values = "avx512, avx2, default, or empty")
        String instructions,
    @Setting(
            "Send soft4j's jars to the executors; otherwise they are read where they lie on this"
                + " machine, from a folder that all machines share.")
        boolean sendJars) {
  private static final List<String> MASTERS =
      List.of("local", "local-cluster[", "spark://", "yarn", "k8s://");
  private static final List<String> INSTRUCTIONS = List.of("", "avx512", "avx2", "default");

  static final ClusterSettings DEFAULT = new ClusterSettings("", Training.AUTO, "", false);

  /** Where gradients are computed. */
  public enum Training {
    /** Wherever it is faster, which the first steps tell. */
    AUTO,
    /** On the executors. */
    EXECUTORS,
    /** On the machine that started the work. */
    DRIVER
  }

  /** Checks the forms. */
  public ClusterSettings {
    if (!master.isEmpty() && MASTERS.stream().noneMatch(master::startsWith)) {
      throw new UserError(
          "cluster.master is \"%s\", which is no Spark master.".formatted(master),
          "Write spark://host:7077, local[2], local-cluster[2,1,1024], yarn or k8s://….");
    }
    if (!INSTRUCTIONS.contains(instructions)) {
      throw new UserError(
          "cluster.instructions is \"%s\".".formatted(instructions),
          "Write avx512, avx2 or default, or leave it out.");
    }
  }
}
