package org.soft4j.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel.PositionCount;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.open.OpenedModel;

/**
 * A model lent to a run, which closes what it opens: closing this leaves the model open.
 *
 * @param lender keeps the model
 */
record Borrowed(TrainableModel lender) implements TrainableModel {
  OpenedModel opened() {
    return new OpenedModel(this, Optional.empty());
  }

  @Override
  public ModelIdentity identity() {
    return lender.identity();
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    lender.generate(requests, sink, cancel);
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    lender.score(requests, sink, cancel);
  }

  @Override
  public Optional<PositionCount> positions() {
    return lender.positions();
  }

  @Override
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    lender.train(examples, settings, output, steps, cancel);
  }

  @Override
  public int cut(List<TrainingExample> examples, TrainingSettings settings) {
    return lender.cut(examples, settings);
  }

  @Override
  public void useAdapter(Path adapter) {
    lender.useAdapter(adapter);
  }

  @Override
  public void useModel(Path folder) {
    lender.useModel(folder);
  }

  @Override
  public void useBase() {
    lender.useBase();
  }

  @Override
  public void close() {
    // The lender closes it.
  }
}
