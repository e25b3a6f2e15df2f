package org.soft4j.eval;

import java.nio.file.Path;
import java.util.List;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.LanguageModel;

/** What is measured after every round; eval implements it. */
@FunctionalInterface
public interface Evaluator {
  /** Measures nothing. */
  Evaluator NONE = (model, round, folder, cancel) -> List.of();

  /**
   * Measures the model of a round.
   *
   * @param model the model as it stands after the round; round 0 is the base model
   * @param round its number
   * @param folder where samples may be written; a finished file found there is not computed again
   * @param cancel asked often
   */
  List<Measurement> evaluate(LanguageModel model, int round, Path folder, Cancellation cancel);
}
