package org.soft4j.cluster.executor;

import org.soft4j.lm.Computation;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.lm.tokenizer.Beginning;

/**
 * A base model as the driver has it open; whoever opens it so computes the same. Nothing is left to
 * the machine.
 *
 * @param model an embedded name, or an absolute path that every executor sees
 * @param digest of the model as it is opened
 * @param computation of the driver's
 * @param bos whether a beginning-of-text token stands before every text
 */
public record ModelSpec(String model, String digest, Computation computation, String bos) {
  /** The model as it stands open here. */
  public static ModelSpec of(String model, String bos, LocalModel local) {
    return new ModelSpec(model, local.base().digest(), local.computation().orElseThrow(), bos);
  }

  OpenSettings settings() {
    Computation.Batches batches = computation.batches();
    return new OpenSettings(
        computation.device(),
        computation.dtype(),
        computation.threads(),
        batches.nodes(),
        batches.sequences(),
        batches.cacheBytes(),
        Beginning.parse(bos));
  }
}
