package org.soft4j.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ScoreRequest;

/**
 * Puts mixed requests to a model: all that are scored in one call, all that are written in another.
 */
final class ModelAnswers {
  private ModelAnswers() {}

  static List<TaskAnswer> of(LanguageModel model, List<TaskRequest> requests, Cancellation cancel) {
    List<TaskAnswer> answers = new ArrayList<>(Collections.nCopies(requests.size(), null));
    List<Integer> scored = new ArrayList<>();
    List<ScoreRequest> scores = new ArrayList<>();
    List<Integer> written = new ArrayList<>();
    List<GenerationRequest> texts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i) instanceof TaskRequest.Likelihood likelihood) {
        scored.add(i);
        scores.add(likelihood.request());
      } else if (requests.get(i) instanceof TaskRequest.Writing writing) {
        written.add(i);
        texts.add(writing.request());
      }
    }
    if (!scores.isEmpty()) {
      model.score(
          scores,
          (i, score) -> answers.set(scored.get(i), new TaskAnswer.Likelihood(score)),
          cancel);
    }
    if (!texts.isEmpty()) {
      model.generate(
          texts, (i, text) -> answers.set(written.get(i), new TaskAnswer.Writing(text)), cancel);
    }
    return answers;
  }
}
