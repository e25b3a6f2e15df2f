package org.soft4j.cluster.executor;

import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.lm.tokenizer.Beginning;

/**
 * A base model as the driver has it open; whoever opens it so computes the same. Nothing is left to
 * the machine.
 *
 * @param model an embedded name, or an absolute path that every executor sees
 * @param digest of the model as it is opened
 * @param logitBytes held at a time, which the free memory decides
 */
public record ModelSpec(
    String model,
    String digest,
    String device,
    String dtype,
    int threads,
    int tokens,
    int sequences,
    long cacheBytes,
    long logitBytes,
    String bos) {
  /** The model as it stands open here. */
  public static ModelSpec of(String model, LocalModel local) {
    OpenSettings settings = local.settings();
    return new ModelSpec(
        model,
        local.base().digest(),
        settings.device(),
        settings.dtype(),
        settings.threads(),
        settings.tokensPerBatch(),
        settings.sequencesPerBatch(),
        settings.cacheBytes(),
        local.memory().logitBytes(),
        settings.beginning().text());
  }

  OpenSettings settings() {
    return new OpenSettings(
        device, dtype, threads, tokens, sequences, cacheBytes, Beginning.parse(bos));
  }
}
