package org.soft4j.soft;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.NanAsNull;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.tokenizer.UserText;

/** Lets a model tell how difficult prompts are; one line of difficulty.jsonl per prompt. */
final class DifficultyStage {
  private final RunContext run;
  private final CurriculumSettings settings;

  DifficultyStage(RunContext run) {
    this.run = run;
    this.settings = run.settings().curriculum();
  }

  /** A line of difficulty.jsonl; NaN (null in the file) where there is none. */
  record Rated(
      String promptId,
      String type,
      @JsonSerialize(using = NanAsNull.Writer.class)
          @JsonDeserialize(using = NanAsNull.Reader.class)
          double difficulty) {}

  /**
   * Difficulty by prompt id; the model must stand where it shall score. A prompt that leaves the
   * model no room for a response has none, and is not in the map.
   *
   * @param round 0 for the base model before the split, else the round that follows
   */
  Map<String, Double> rate(List<Prompt> prompts, int round) {
    List<Rated> rated =
        run.chunked(
            "difficulty",
            round,
            "difficulty.jsonl",
            Rated.class,
            run.settings().labelling().chunk(),
            prompts,
            (part, advanced, cancel) -> rate(part, round, advanced, cancel));
    Map<String, Double> byId = new HashMap<>();
    rated.stream()
        .filter(r -> !Double.isNaN(r.difficulty()))
        .forEach(r -> byId.put(r.promptId(), r.difficulty()));
    if (byId.size() < rated.size()) {
      run.events()
          .note(
              "%s of %s prompts leave the model no room for a response: they have no difficulty and"
                      .formatted(rated.size() - byId.size(), rated.size())
                  + " stand last");
    }
    return byId;
  }

  /** The round whose demonstrations a label of this round stands under. */
  int demonstrationRound(int round) {
    boolean base = settings.scorer() == CurriculumSettings.Scorer.BASE;
    boolean used = run.settings().order() != CurriculumSettings.Order.NONE;
    return used && base && settings.attached() ? 0 : round;
  }

  private int difficultyDemonstrations(int round) {
    // A negative round is a draw that no label shares.
    return settings.attached() || round == 0 ? round : -round;
  }

  private List<Rated> rate(
      List<Prompt> part, int round, IntConsumer advanced, Cancellation cancel) {
    double[] values =
        settings.difficulty() == CurriculumSettings.Difficulty.RESPONSE_PERPLEXITY
            ? byResponse(part, round, advanced, cancel)
            : byPrompt(part, round, advanced, cancel);
    List<Rated> rated = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rated.add(new Rated(part.get(i).id(), part.get(i).type(), values[i]));
    }
    return rated;
  }

  private boolean bare() {
    return settings.context() == CurriculumSettings.Context.BARE;
  }

  private double[] byResponse(
      List<Prompt> part, int round, IntConsumer advanced, Cancellation cancel) {
    Labeller labeller = run.labeller();
    List<Label> labels =
        bare()
            ? labeller.bare(run.model(), part, round, advanced, cancel)
            : labeller.label(
                run.model(), part, round, difficultyDemonstrations(round), advanced, cancel);
    labels.forEach(this::refuseWithoutLogProbabilities);
    return labels.stream().mapToDouble(Label::perplexity).toArray();
  }

  private void refuseWithoutLogProbabilities(Label label) {
    if (label.tokens() > 0 && Double.isNaN(label.perplexity())) {
      throw new UserError(
          "%s tells no log-probabilities of what it writes, and the difficulty of a prompt is the"
                  .formatted(run.model().identity().name())
              + " perplexity of its response.",
          "Set curriculum.difficulty=prompt_perplexity, or name a model that runs here.");
    }
  }

  private double[] byPrompt(
      List<Prompt> part, int round, IntConsumer advanced, Cancellation cancel) {
    Labeller labeller = run.labeller();
    List<ScoreRequest> requests = new ArrayList<>();
    for (Prompt prompt : part) {
      List<Demonstration> shown =
          bare()
              ? Collections.emptyList()
              : labeller.demonstrations(prompt, difficultyDemonstrations(round));
      String before = run.inputs().template().beforePrompt(shown);
      requests.add(new ScoreRequest(before, UserText.mark(prompt.text())));
    }
    double[] values = new double[requests.size()];
    run.model()
        .score(
            requests,
            (i, score) -> {
              values[i] = score.orRefused(requests.get(i)).perplexity();
              advanced.accept(1);
            },
            cancel);
    return values;
  }
}
