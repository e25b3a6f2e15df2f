package org.soft4j.run;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.ScoreRequest;

/**
 * How fast a model is, measured on a few texts.
 *
 * @param read characters a second
 * @param written tokens a second, many texts at a time
 * @param charactersPerToken of the texts it was measured on
 * @param seconds that the measuring took
 */
record ModelRates(double read, double written, double charactersPerToken, double seconds) {
  /**
   * A pass over a text that is learned, in passes that read it: forward, and backward for
   * activations and weights (Kaplan et al. 2020: 6 floating point operations a weight and token,
   * against 2).
   */
  static final double LEARNING = 3;

  private static final double ENOUGH_SECONDS = 0.7;
  private static final int MOST_CHARACTERS = 64_000;
  private static final int MOST_TEXTS = 32;
  private static final int TOKENS = 12;

  /**
   * Measures, with more and more texts until the time can be trusted or is long enough.
   *
   * @param texts like those that the model will read
   */
  static ModelRates measure(LanguageModel model, List<String> texts) {
    long begin = System.nanoTime();
    // The first call compiles, and pages weights in.
    timed(() -> model.score(scored(texts, 64)));
    double read = read(model, texts);
    Written written = written(model, texts, read);
    return new ModelRates(
        read, written.rate, written.charactersPerToken, (System.nanoTime() - begin) / 1e9);
  }

  private static double read(LanguageModel model, List<String> texts) {
    double rate = 0;
    for (int characters = 256; characters <= MOST_CHARACTERS; characters *= 4) {
      List<ScoreRequest> requests = scored(texts, characters);
      double seconds = timed(() -> model.score(requests));
      rate = RunWork.distinct(requests.stream().map(ScoreRequest::context).toList()) / seconds;
      if (seconds > ENOUGH_SECONDS) {
        break;
      }
    }
    return rate;
  }

  /** Texts of so many characters in all, each another one from its beginning. */
  private static List<ScoreRequest> scored(List<String> texts, int characters) {
    List<ScoreRequest> requests = new ArrayList<>();
    int left = characters;
    for (int i = 0; left > 0 && i < MOST_TEXTS; i++) {
      String text = i + " " + texts.get(i % texts.size());
      int length = Math.min(left, Math.min(text.length(), 2000));
      requests.add(new ScoreRequest(whole(text, length), " yes"));
      left -= length;
    }
    return requests;
  }

  /** Cut where no pair of surrogates is cut. */
  private static String whole(String text, int length) {
    return Character.isHighSurrogate(text.charAt(length - 1)) && length > 1
        ? text.substring(0, length - 1)
        : text.substring(0, length);
  }

  private record Written(double rate, double charactersPerToken) {}

  private static Written written(LanguageModel model, List<String> texts, double read) {
    Written written = new Written(0, 1);
    for (int many = 1; many <= MOST_TEXTS; many *= 4) {
      List<GenerationRequest> requests = new ArrayList<>();
      double characters = 0;
      for (int i = 0; i < many; i++) {
        String text = i + " " + texts.get(i % texts.size());
        String context = whole(text, Math.min(text.length(), 400));
        characters += context.length();
        requests.add(new GenerationRequest(context, Sampling.GREEDY, TOKENS, List.of(), i));
      }
      List<Generation> answers = new ArrayList<>();
      double seconds = timed(() -> answers.addAll(model.generate(requests)));
      double tokens = answers.stream().mapToInt(Generation::tokens).sum();
      double letters = answers.stream().mapToInt(answer -> answer.text().length()).sum();
      double writing = Math.max(seconds / 4, seconds - characters / read);
      written =
          new Written(Math.max(1, tokens) / writing, Math.max(1, letters / Math.max(1, tokens)));
      if (seconds > ENOUGH_SECONDS) {
        break;
      }
    }
    return written;
  }

  private static double timed(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return Math.max(1, System.nanoTime() - begin) / 1e9;
  }

  /** Seconds that work will take. */
  double seconds(RunWork.Amount work) {
    return (work.read() + LEARNING * work.learned()) / read
        + LEARNING * work.learnedTokens() * charactersPerToken / read
        + work.written() / written;
  }
}
