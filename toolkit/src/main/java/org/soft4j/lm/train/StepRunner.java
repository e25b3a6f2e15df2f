package org.soft4j.lm.train;

import java.util.List;
import org.soft4j.error.UserError;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.TrainingStep;

/** One optimizer step after the other: packs a batch, adds its gradients, updates. */
record StepRunner(TrainCore core, AdamW adam, Schedule schedule, int tokensPerMicroBatch) {
  TrainingStep run(int step, int epoch, List<TokenSequence> batch, Cancellation cancel) {
    long learned = batch.stream().mapToLong(TokenSequence::learnedTokens).sum();
    double loss = 0;
    for (MicroBatch micro : MicroBatch.split(batch, tokensPerMicroBatch)) {
      cancel.check();
      loss += core.accumulate(micro, learned);
      checkFinite(loss, "loss", step);
    }
    double rate = schedule.rate(step);
    double norm = core.update(adam, rate);
    checkFinite(norm, "gradient", step);
    long tokens = batch.stream().mapToLong(TokenSequence::length).sum();
    return new TrainingStep(
        step, schedule.steps(), epoch, loss / learned, learned, tokens, rate, norm);
  }

  private void checkFinite(double value, String what, int step) {
    if (!Double.isFinite(value)) {
      throw new UserError(
          "The %s became %s at step %d of %d: the learning rate %s is too high for this model."
              .formatted(what, value, step + 1, schedule.steps(), schedule.peak()),
          "Train again with a lower learning rate, a tenth of it for instance.");
    }
  }
}
