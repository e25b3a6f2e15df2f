package org.soft4j.lm;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.UserText;

/**
 * Refuses numbers that are none where they leave a model, so that nothing behind it has to expect
 * them: one infinite weight, or an overflow in a narrow number format, makes every logit NaN.
 *
 * <p>A log-probability of minus infinity, which says that a token is impossible, is refused too. A
 * softmax over finite logits gives none, and a server that masks tokens tells of other
 * probabilities than the model's.
 */
public final class FiniteResults {
  private static final int SHOWN = 60;

  private FiniteResults() {}

  /**
   * Hands scores on that are numbers; the first that is none is a UserError.
   *
   * @param model its name
   * @param remedy what the user may do about it
   */
  public static Sink<Score> scores(
      String model, List<ScoreRequest> requests, String remedy, Sink<Score> sink) {
    return (index, score) -> {
      if (score.caveats().stream().anyMatch(Caveat::unusable)) {
        // It says of itself that it has no value.
        sink.accept(index, score);
        return;
      }
      ScoreRequest request = requests.get(index);
      wrong(
              DoubleStream.of(score.logProbability()),
              Arrays.stream(score.logProbabilities()),
              Arrays.stream(score.entropies()))
          .ifPresent(
              value -> {
                throw refusal(
                    model,
                    value,
                    "the score",
                    index,
                    request.context() + request.continuation(),
                    remedy);
              });
      sink.accept(index, score);
    };
  }

  /** Hands texts on whose log-probabilities are numbers; parameters as for the scores. */
  public static Sink<Generation> texts(
      String model, List<GenerationRequest> requests, String remedy, Sink<Generation> sink) {
    return (index, text) -> {
      wrong(Arrays.stream(text.logProbabilities()), Arrays.stream(text.entropies()))
          .ifPresent(
              value -> {
                throw refusal(
                    model,
                    value,
                    "the probability of a token it wrote",
                    index,
                    requests.get(index).context(),
                    remedy);
              });
      sink.accept(index, text);
    };
  }

  /** The same of a model whose weights are here. */
  public static Sink<Score> scores(
      ModelIdentity model, List<ScoreRequest> requests, Sink<Score> sink) {
    return scores(model.name(), requests, remedy(model.dtype()), sink);
  }

  /** The same of a model whose weights are here. */
  public static Sink<Generation> texts(
      ModelIdentity model, List<GenerationRequest> requests, Sink<Generation> sink) {
    return texts(model.name(), requests, remedy(model.dtype()), sink);
  }

  private static String remedy(String dtype) {
    String cause = "Probably a weight of the model or of its adapter is infinite or NaN";
    return dtype.equals("float32")
        ? cause + ": fetch or train it again."
        : "%s, or a number overflows in %s: open it with --dtype float32, or fetch or train it again."
            .formatted(cause, dtype);
  }

  private static OptionalDouble wrong(DoubleStream... values) {
    return Arrays.stream(values)
        .flatMapToDouble(stream -> stream)
        .filter(value -> !Double.isFinite(value))
        .findFirst();
  }

  private static UserError refusal(
      String model, double value, String what, int index, String text, String remedy) {
    return new UserError(
        "%s gives %s for %s in request %s (\"%s\")."
            .formatted(model, words(value), what, index + 1, end(UserText.unmarked(text))),
        remedy);
  }

  private static String words(double value) {
    return Double.isNaN(value) ? "no number (NaN)" : value > 0 ? "infinity" : "minus infinity";
  }

  /** The last characters, since requests often share their beginnings; on one line. */
  private static String end(String text) {
    int from = Math.max(0, text.length() - SHOWN);
    from += from > 0 && Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
    String shown = text.substring(from).replaceAll("\\s+", " ").strip();
    return from == 0 ? shown : "…" + shown;
  }
}
