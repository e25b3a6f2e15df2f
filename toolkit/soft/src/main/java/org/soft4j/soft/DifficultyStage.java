package org.soft4j.soft;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
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
            (chunks, sink, cancel) -> rate(chunks, round, sink, cancel));
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

  private void rate(
      List<List<Prompt>> chunks, int round, ChunkSink<Rated> sink, Cancellation cancel) {
    ChunkSink<Double> values = sink.after((chunk, found) -> rated(chunks.get(chunk), found));
    if (settings.difficulty() == CurriculumSettings.Difficulty.RESPONSE_PERPLEXITY) {
      byResponse(chunks, round, values, cancel);
    } else {
      byPrompt(chunks, round, values, cancel);
    }
  }

  private static List<Rated> rated(List<Prompt> part, List<Double> values) {
    List<Rated> rated = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rated.add(new Rated(part.get(i).id(), part.get(i).type(), values.get(i)));
    }
    return rated;
  }

  private boolean bare() {
    return settings.context() == CurriculumSettings.Context.BARE;
  }

  private void byResponse(
      List<List<Prompt>> chunks, int round, ChunkSink<Double> values, Cancellation cancel) {
    ChunkSink<Label> labels =
        values.after(
            (chunk, written) -> {
              written.forEach(this::refuseWithoutLogProbabilities);
              return written.stream().map(Label::perplexity).toList();
            });
    Labeller labeller = run.labeller();
    if (bare()) {
      labeller.bare(run.model(), chunks, round, labels, cancel);
    } else {
      labeller.label(run.model(), chunks, round, difficultyDemonstrations(round), labels, cancel);
    }
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

  private void byPrompt(
      List<List<Prompt>> chunks, int round, ChunkSink<Double> values, Cancellation cancel) {
    Labeller labeller = run.labeller();
    RunContext.score(
        run.model(),
        chunks,
        prompt -> request(labeller, prompt, round),
        (prompt, score) -> score.perplexity(),
        values,
        cancel);
  }

  private ScoreRequest request(Labeller labeller, Prompt prompt, int round) {
    List<Demonstration> shown =
        bare()
            ? Collections.emptyList()
            : labeller.demonstrations(prompt, difficultyDemonstrations(round));
    return new ScoreRequest(
        run.inputs().template().beforePrompt(shown), UserText.mark(prompt.text()));
  }
}
