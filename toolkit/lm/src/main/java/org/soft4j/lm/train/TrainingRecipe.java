package org.soft4j.lm.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.soft4j.core.FileFault;
import org.soft4j.core.Sha256;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.adapter.PeftAdapter;

/** What a training does at every step, as far as settings and examples decide it. */
record TrainingRecipe(List<TokenSequence> examples, TrainingSettings settings) {
  int stepsPerEpoch() {
    return (examples.size() + settings.batchSize() - 1) / settings.batchSize();
  }

  int steps() {
    return settings.epochs() * stepsPerEpoch();
  }

  /** Tokens of the longest example. */
  int longest() {
    return examples.stream().mapToInt(TokenSequence::length).max().orElseThrow();
  }

  int epoch(int step) {
    return step / stepsPerEpoch();
  }

  /** The examples of a step; a pure function of the settings. */
  List<TokenSequence> batch(int step) {
    int start = step % stepsPerEpoch() * settings.batchSize();
    int end = Math.min(examples.size(), start + settings.batchSize());
    return order(epoch(step)).subList(start, end).stream().map(examples::get).toList();
  }

  private List<Integer> order(int epoch) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      order.add(i);
    }
    if (settings.shuffle()) {
      // Mixed, since neighbouring seeds of this generator give like beginnings.
      long mixed = (settings.seed() + 1) * 0x9e3779b97f4a7c15L + epoch * 0xbf58476d1ce4e5b9L;
      Collections.shuffle(order, new Random(mixed));
    }
    return order;
  }

  Schedule schedule() {
    return new Schedule(
        settings.learningRate(),
        settings.warmupSteps(),
        settings.finalLearningRateShare(),
        steps());
  }

  AdamW adam() {
    return new AdamW(0.9, 0.999, 1e-8, settings.weightDecay(), settings.clipNorm());
  }

  /**
   * Everything that the trained numbers depend on, in words, for a checkpoint to be compared with.
   *
   * @param model digest of the base model
   * @param start digest of the adapter or of the other weights it starts with, or {@code none}
   */
  Map<String, String> description(String model, String start) {
    Map<String, String> made = new TreeMap<>();
    made.put("model", model);
    made.put("start", start);
    made.put("examples", digest());
    made.putAll(description(settings.method()));
    made.put("learningRate", "" + settings.learningRate());
    made.put("warmupSteps", "" + settings.warmupSteps());
    made.put("finalLearningRateShare", "" + settings.finalLearningRateShare());
    made.put("epochs", "" + settings.epochs());
    made.put("batchSize", "" + settings.batchSize());
    made.put("tokensPerMicroBatch", "" + settings.tokensPerMicroBatch());
    made.put("clipNorm", "" + settings.clipNorm());
    made.put("weightDecay", "" + settings.weightDecay());
    made.put("shuffle", "" + settings.shuffle());
    made.put("seed", "" + settings.seed());
    return made;
  }

  private static Map<String, String> description(TrainingMethod method) {
    if (method instanceof TrainingMethod.Lora lora) {
      return Map.of(
          "method",
          "lora",
          "rank",
          "" + lora.rank(),
          "alpha",
          "" + lora.alpha(),
          "dropout",
          "" + lora.dropout(),
          "targetModules",
          String.join(",", lora.targetModules()));
    }
    return Map.of("method", "full");
  }

  /** SHA-256 over both files of an adapter folder. */
  static String adapterDigest(Path folder) {
    MessageDigest sha = Sha256.start();
    for (String name : List.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS)) {
      Path file = folder.resolve(name);
      try {
        Sha256.update(sha, file);
      } catch (IOException e) {
        throw FileFault.of(file, e);
      }
    }
    return Sha256.hex(sha);
  }

  private String digest() {
    MessageDigest sha = Sha256.start();
    for (TokenSequence example : examples) {
      ByteBuffer bytes = ByteBuffer.allocate(4 + 5 * example.length()).putInt(example.length());
      for (int i = 0; i < example.length(); i++) {
        bytes.putInt(example.ids()[i]).put((byte) (example.learned()[i] ? 1 : 0));
      }
      sha.update(bytes.array());
    }
    return Sha256.hex(sha);
  }

  /**
   * Constants of AdamW (Loshchilov and Hutter 2019) and of the clipping before it.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the corrected second moment
   * @param weightDecay decoupled: a parameter shrinks by learning rate times this
   * @param clipNorm bound on the global gradient norm
   */
  record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {}

  /**
   * Learning rate over the steps: a linear warm-up, then a cosine to a share of the peak.
   *
   * @param peak highest learning rate
   * @param warmupSteps steps of the rise; the first step has peak / warmupSteps
   * @param finalShare the cosine would reach this share of the peak one step after the last
   * @param steps of the whole training
   */
  record Schedule(double peak, int warmupSteps, double finalShare, int steps) {
    double rate(int step) {
      if (step < warmupSteps) {
        return peak * (step + 1) / warmupSteps;
      }
      double progress = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps);
      return peak * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }
  }
}
