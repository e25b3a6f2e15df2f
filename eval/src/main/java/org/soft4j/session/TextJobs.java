package org.soft4j.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.error.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/**
 * Texts from a JSON Lines file, continued or scored into another one. Output lines stand in the
 * order of the input lines; the output file appears whole or not at all.
 */
public final class TextJobs {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final LanguageModel model;
  private final Progress progress;
  private final Cancellation cancel;

  /** Jobs on a model, which stays the caller's. */
  public TextJobs(LanguageModel model, Progress progress, Cancellation cancel) {
    this.model = model;
    this.progress = progress;
    this.cancel = cancel;
  }

  /**
   * How texts are continued.
   *
   * @param sampling how tokens are drawn
   * @param maxNewTokens at most this many
   * @param stopStrings generation ends before the first of these
   * @param seed line i draws from a random stream of this seed and i alone
   * @param chat turns a prompt into the context; empty takes the prompt as it is
   */
  public record Writing(
      Sampling sampling,
      int maxNewTokens,
      List<String> stopStrings,
      long seed,
      Optional<ContextForm> chat) {}

  /**
   * Continues every {@code {"prompt": …}} of a file.
   *
   * @param output gets lines {@code {"prompt", "text", "tokens", "finish"}}; tokens counts what was
   *     generated, finish is {@code stop} or {@code length}
   * @return the number of lines
   */
  public int generate(Path input, Path output, Writing how) {
    List<String> prompts = new ArrayList<>();
    InputLines.read(input, line -> prompts.add(line.text("prompt")));
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      requests.add(
          new GenerationRequest(
              context(how, prompts.get(i)),
              how.sampling(),
              how.maxNewTokens(),
              how.stopStrings(),
              seed(how.seed(), i)));
    }
    ObjectNode[] lines = new ObjectNode[prompts.size()];
    try (Progress.Step step = progress.start("generating", lines.length, "prompts")) {
      model.generate(
          requests,
          (index, generation) -> {
            lines[index] = written(prompts.get(index), generation);
            step.advance(1);
          },
          cancel);
    }
    OutputLines.write(output, List.of(lines));
    return lines.length;
  }

  /**
   * Scores every {@code {"context": …, "continuation": …}} of a file.
   *
   * @param output gets lines {@code {"logprob", "tokens", "greedy"}}: the natural logarithm of the
   *     continuation's probability, the number of tokens it has, and whether each was the most
   *     likely one
   * @return the number of lines
   */
  public int score(Path input, Path output) {
    List<ScoreRequest> requests = new ArrayList<>();
    InputLines.read(input, line -> requests.add(request(line)));
    ObjectNode[] lines = new ObjectNode[requests.size()];
    try (Progress.Step step = progress.start("scoring", lines.length, "texts")) {
      model.score(
          requests,
          (index, score) -> {
            lines[index] = written(score);
            step.advance(1);
          },
          cancel);
    }
    OutputLines.write(output, List.of(lines));
    return lines.length;
  }

  private static String context(Writing how, String prompt) {
    return how.chat().map(chat -> chat.context(List.of(), prompt)).orElse(prompt);
  }

  private static ScoreRequest request(InputLines.Line line) {
    String continuation = line.text("continuation");
    if (continuation.isEmpty()) {
      throw new UserError(
          "%s has an empty continuation.".formatted(line.place()),
          "Give each line a continuation of at least one character.");
    }
    return new ScoreRequest(line.text("context"), continuation);
  }

  private static ObjectNode written(String prompt, Generation generation) {
    return JSON.objectNode()
        .put("prompt", prompt)
        .put("text", generation.text())
        .put("tokens", generation.tokens())
        .put("finish", generation.finish() == Generation.Finish.LENGTH ? "length" : "stop");
  }

  private static ObjectNode written(Score score) {
    return JSON.objectNode()
        .put("logprob", score.logProbability())
        .put("tokens", score.tokens())
        .put("greedy", score.greedy());
  }

  /** SplitMix64's finalizer, so that neighbouring lines get unrelated streams. */
  private static long seed(long seed, int index) {
    long z = seed * 0x9E3779B97F4A7C15L + index + 1;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
