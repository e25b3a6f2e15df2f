package org.soft4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.eval.Evaluator;
import org.soft4j.eval.Measurement;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.OpenedModel;

/**
 * Measures every round on a device of its own: the base model is opened there with the round's
 * adapter, or the round's own model where all weights are trained, and closed after the benchmarks.
 *
 * @param benchmarks what is measured
 * @param base the run's model
 * @param device {@code cpu} or {@code gpu:N}
 * @param options open models and take notes
 */
record PlacedEvaluation(
    Evaluator benchmarks, ModelChoice base, String device, SoftSession.RunOptions options)
    implements Evaluator {
  @Override
  public List<Measurement> evaluate(
      LanguageModel model, int round, Path folder, Cancellation cancel) {
    try (OpenedModel opened = options.opener().open(choice(folder))) {
      var identity = opened.model().identity();
      if (round == 0) {
        options
            .notes()
            .accept("benchmarks run on %s in %s".formatted(identity.device(), identity.dtype()));
      }
      return benchmarks.evaluate(opened.model(), round, folder, cancel);
    }
  }

  private ModelChoice choice(Path folder) {
    Path adapter = folder.resolveSibling("adapter");
    Path whole = folder.resolveSibling("model");
    if (Files.isDirectory(whole)) {
      // What an adapter had changed is in its weights already.
      return base.withModel(whole.toString()).with(Optional.empty()).on(device);
    }
    return base.with(Optional.of(adapter).filter(Files::isDirectory).or(base::adapter)).on(device);
  }
}
