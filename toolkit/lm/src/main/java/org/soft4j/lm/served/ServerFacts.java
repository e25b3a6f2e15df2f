package org.soft4j.lm.served;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.local.RequestTokens;
import org.soft4j.lm.remote.LoraServer;
import org.soft4j.lm.source.ModelSource;

/**
 * What was found out about a server before anything depends on it.
 *
 * @param tokens whether it takes texts as tokens
 * @param probabilities whether it tells the log-probabilities of what it writes, before temperature
 * @param concurrency calls under way at the same time
 * @param scoresAtOnce how many of them may be scores
 * @param window tokens that it reads at once; 0 where it does not say
 * @param exact whether its scores are those of this process, as in float32 on both sides
 */
public record ServerFacts(
    boolean tokens,
    boolean probabilities,
    int concurrency,
    int scoresAtOnce,
    int window,
    boolean exact) {
  /** Of a text's whole log-probability, where both sides compute in float32. */
  static final double EXACT = 1e-3;

  /** Of a token's, where one side rounds to bfloat16: up to 0.09 was seen. */
  static final double ROUNDED = 0.15;

  static final ScoreRequest TEXT =
      new ScoreRequest(
          "The quick brown fox jumps over the lazy dog. The sky is",
          " blue, and the grass in the garden is green for most of the summer.");

  /** Tokens that fit, at the server and in the model. */
  int window(ModelSource source) {
    int own = source.architecture().maxPositions();
    return window > 0 ? Math.min(window, own) : own;
  }

  /** The score of {@link #TEXT} by the base or an adapter, asked for alone. */
  static Score score(
      LoraServer server, Optional<String> adapter, boolean asTokens, RequestTokens tokens) {
    if (!asTokens) {
      return server.plain(adapter).score(List.of(TEXT)).get(0);
    }
    return scores(server, adapter, tokens, List.of(TEXT), 1).get(0);
  }

  static List<Score> scores(
      LoraServer server,
      Optional<String> adapter,
      RequestTokens tokens,
      List<ScoreRequest> texts,
      int atOnce) {
    List<Score> scores = new ArrayList<>(Collections.nCopies(texts.size(), null));
    server.score(
        adapter,
        tokens.scored(texts).stream()
            .map(text -> new LoraServer.Scored(text.tokens(), text.targets(), text.caveats()))
            .toList(),
        atOnce,
        scores::set,
        Cancellation.NEVER);
    return scores;
  }

  /** How far two scores of one text are apart. */
  record Distance(double total, double tokens, int count) {
    static Distance of(Score a, Score b) {
      double sum = 0;
      int count = Math.min(a.tokens(), b.tokens());
      for (int i = 0; i < count; i++) {
        sum += Math.abs(a.logProbabilities()[i] - b.logProbabilities()[i]);
      }
      // Another number of tokens is another text.
      double tokens = a.tokens() == b.tokens() ? sum : Double.POSITIVE_INFINITY;
      return new Distance(Math.abs(a.logProbability() - b.logProbability()), tokens, count);
    }

    boolean exact() {
      return total <= EXACT && tokens <= 10 * EXACT;
    }

    /** Whether rounding may explain it; to bfloat16 only where a server was seen to round so. */
    boolean rounded(boolean exactly) {
      return exactly ? exact() : tokens <= ROUNDED * count;
    }

    String words() {
      return String.format(Locale.ROOT, "%.2g in %s tokens", total, count);
    }
  }

  /** Refuses a server that answers for an adapter otherwise than the model here does with it. */
  void requireSame(
      ServerAdapters adapters, Optional<String> name, LanguageModel here, RequestTokens tokens) {
    Distance distance =
        Distance.of(
            score(adapters.server(), name, tokens(), tokens), here.score(List.of(TEXT)).get(0));
    if (!distance.rounded(exact)) {
      throw new UserError(
          "%s answers for the adapter %s as if it were another one: the log-probability of a text differs by %s."
              .formatted(adapters.server().address(), name.orElse("(none)"), distance.words()),
          "Restart the server, which keeps answers of earlier adapters, and go on with --resume: "
              + adapters.start());
    }
  }
}
