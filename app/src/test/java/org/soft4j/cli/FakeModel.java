package org.soft4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;

/**
 * Answers a text by its upper case, last request first; a score is minus the lengths' quotient, and
 * there is none for the end of a word. Contexts beyond 100 letters are cut.
 */
final class FakeModel implements TrainableModel {
  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("fake", "0", "fake", 1, "float32", "cpu", "asked for", 1);
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    for (int i = requests.size() - 1; i >= 0; i--) {
      String text = requests.get(i).context().toUpperCase(java.util.Locale.ROOT);
      sink.accept(
          i, new Generation(text, 2, Generation.Finish.LENGTH, new double[2], new double[2]));
    }
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    for (int i = requests.size() - 1; i >= 0; i--) {
      ScoreRequest r = requests.get(i);
      if (r.continuation().equals("er")) {
        sink.accept(i, Score.unscored(Caveat.NO_TOKENS));
        continue;
      }
      Set<Caveat> caveats = r.context().length() > 100 ? Set.of(Caveat.CONTEXT_CUT) : Set.of();
      double value = -(double) r.context().length() / r.continuation().length();
      sink.accept(i, new Score(value, 1, true, new double[] {value}, new double[1], caveats));
    }
  }

  @Override
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    throw new UnsupportedOperationException("the fake model does not learn");
  }

  @Override
  public void useModel(Path folder) {}

  @Override
  public void useAdapter(Path adapter) {
    throw new UnsupportedOperationException("the fake model has no adapters");
  }

  @Override
  public void useBase() {}

  @Override
  public void close() {}
}
