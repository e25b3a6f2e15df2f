package org.soft4j.eval;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;

/** A model whose log-probabilities are given by a rule; it writes its context back. */
final class LikelyModel implements LanguageModel {
  private final ToDoubleFunction<ScoreRequest> rule;
  int scored;

  LikelyModel(ToDoubleFunction<ScoreRequest> rule) {
    this.rule = rule;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("likely", "d1", "none", 0, "float32", "cpu", "the only one", 1);
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    for (int i = 0; i < requests.size(); i++) {
      double[] one = {0};
      sink.accept(
          i, new Generation(requests.get(i).context(), 1, Generation.Finish.STOP_TOKEN, one, one));
    }
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    cancel.check();
    // Backwards, since results may come in any order.
    for (int i = requests.size() - 1; i >= 0; i--) {
      scored++;
      double value = rule.applyAsDouble(requests.get(i));
      sink.accept(i, new Score(value, 1, false, new double[] {value}, new double[] {0}));
    }
  }

  @Override
  public void close() {}
}
