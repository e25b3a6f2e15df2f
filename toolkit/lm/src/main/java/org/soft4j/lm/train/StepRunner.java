package org.soft4j.lm.train;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.torch.OutOfMemory;

/**
 * One optimizer step after the other: packs a batch, adds its gradients, updates.
 *
 * <p>Where memory does not suffice, the step begins again in smaller micro-batches, whose gradients
 * add up to the same but for rounding. The next step tries the whole size first, so that a step's
 * numbers depend on its own examples alone.
 *
 * @param seed from which every micro-batch gets its own, for what is dropped in it
 * @param where sees to the gradients
 */
record StepRunner(
    Gradients core,
    TrainingRecipe.AdamW adam,
    TrainingRecipe.Schedule schedule,
    int tokensPerMicroBatch,
    long seed,
    MicroBatchGradients where) {
  /** Computes all gradients here. */
  StepRunner(
      Gradients core,
      TrainingRecipe.AdamW adam,
      TrainingRecipe.Schedule schedule,
      int tokensPerMicroBatch,
      long seed) {
    this(core, adam, schedule, tokensPerMicroBatch, seed, MicroBatchGradients.HERE);
  }

  TrainingStep run(int step, int epoch, List<TokenSequence> batch, Cancellation cancel) {
    long learned = batch.stream().mapToLong(TokenSequence::learnedTokens).sum();
    double loss = loss(step, batch, learned, cancel);
    double rate = schedule.rate(step);
    double norm = core.update(adam, rate);
    checkFinite(norm, "gradient", step);
    long tokens = batch.stream().mapToLong(TokenSequence::length).sum();
    return new TrainingStep(
        step, schedule.steps(), epoch, loss / learned, learned, tokens, rate, norm);
  }

  private double loss(int step, List<TokenSequence> batch, long learned, Cancellation cancel) {
    List<List<TokenSequence>> parts = MicroBatch.parts(batch, tokensPerMicroBatch);
    while (true) {
      try {
        return sum(step, parts, learned, cancel);
      } catch (EngineException e) {
        if (!OutOfMemory.is(e)) {
          throw e;
        }
        core.forget();
        parts = more(batch, parts.size(), e);
      }
    }
  }

  private double sum(int step, List<List<TokenSequence>> parts, long learned, Cancellation cancel) {
    List<MicroBatchWork> works = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      works.add(new MicroBatchWork(step, i, parts.get(i), learned, seed(step, i)));
    }
    UnderWay underWay = new UnderWay(List.copyOf(works));
    where.compute(underWay, cancel);
    return underWay.loss();
  }

  /** A step whose gradients are being added up. */
  private final class UnderWay implements MicroBatchGradients.Step {
    private final List<MicroBatchWork> works;
    private double loss;
    private int next;

    UnderWay(List<MicroBatchWork> works) {
      this.works = works;
    }

    @Override
    public List<MicroBatchWork> works() {
      return works;
    }

    @Override
    public byte[] parameters() {
      return core.parameterBytes();
    }

    @Override
    public void computeHere() {
      MicroBatchWork work = works.get(next);
      double summand =
          core.accumulate(MicroBatch.pack(work.sequences()), work.batchLearned(), work.seed());
      added(summand, work.step());
    }

    @Override
    public void add(MicroBatchResult result) {
      MicroBatchWork work = works.get(next);
      if (result.step() != work.step() || result.index() != work.index()) {
        throw new IllegalArgumentException(
            "gradients of micro-batch %s of step %s came for micro-batch %s of step %s"
                .formatted(result.index(), result.step(), work.index(), work.step()));
      }
      core.add(result.gradients());
      added(result.loss(), work.step());
    }

    private void added(double summand, int step) {
      loss += summand;
      checkFinite(loss, "loss", step);
      next++;
    }

    double loss() {
      if (next < works.size()) {
        throw new IllegalStateException(
            "%s of %s micro-batches were computed".formatted(next, works.size()));
      }
      return loss;
    }
  }

  /** A pure function of step and micro-batch, so that a resumed training drops the same. */
  private long seed(int step, int micro) {
    long place = ((long) step << 24) + micro;
    // The layers' own seeds are next to it, hence the distance between two micro-batches.
    return (new SplittableRandom(seed + place * 0x9e3779b97f4a7c15L).nextLong() >>> 20) << 16;
  }

  /** The fewest micro-batches above a number, by halving their size. */
  private static List<List<TokenSequence>> more(
      List<TokenSequence> batch, int parts, EngineException cause) {
    int tokens = batch.stream().mapToInt(TokenSequence::length).sum();
    for (int size = tokens / 2; size > 0; size /= 2) {
      List<List<TokenSequence>> split = MicroBatch.parts(batch, size);
      if (split.size() > parts) {
        return split;
      }
    }
    int longest = batch.stream().mapToInt(TokenSequence::length).max().orElse(0);
    throw new UserError(
        "Memory does not suffice to train on one example of %s tokens at a time: %s."
            .formatted(longest, OutOfMemory.firstLine(cause)),
        "Cut examples with a smaller training.max_length, end other programs, or take a smaller"
            + " model.",
        cause);
  }

  /** Nothing has been learned at the first step: what is wrong there was wrong before. */
  private void checkFinite(double value, String what, int step) {
    if (Double.isFinite(value)) {
      return;
    }
    if (step == 0) {
      throw new UserError(
          "The %s of the first step is %s, before anything was learned: a weight of the model is"
                  .formatted(what, value)
              + " infinite or NaN, or a number overflows.",
          "Fetch the model again, or open it with --dtype float32.");
    }
    throw new UserError(
        "The %s became %s at step %s of %s: the learning rate %s is too high for this model."
            .formatted(what, value, step + 1, schedule.steps(), schedule.peak()),
        "Train again with a lower learning rate, a tenth of it for instance.");
  }
}
