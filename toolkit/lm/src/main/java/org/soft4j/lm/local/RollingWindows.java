package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.source.ModelSource;

/**
 * Cuts whole texts into windows as lm-evaluation-harness does (lm_eval/utils.py,
 * get_rolling_token_windows with one token of context): the first behind the token that begins a
 * text, each other behind the last token of the one before. The last window is filled up with
 * tokens before it, which are read and not scored again.
 */
final class RollingWindows {
  private final List<String> texts;
  private final List<ScorePlan> plans = new ArrayList<>();
  private final List<Integer> textOf = new ArrayList<>();
  private final int[] windows;

  /** Plans every window of every text. */
  RollingWindows(ModelSource source, List<String> texts) {
    this.texts = List.copyOf(texts);
    this.windows = new int[texts.size()];
    int prefix = ScoreEncoder.prefix(source.special());
    int longest = source.architecture().maxPositions();
    for (int text = 0; text < texts.size(); text++) {
      int[] tokens = source.tokenizer().encode(texts.get(text));
      for (int[] window : windows(tokens.length, longest)) {
        plans.add(plan(plans.size(), tokens, window, prefix));
        textOf.add(text);
        windows[text]++;
      }
    }
  }

  /**
   * The windows of so many tokens: from which token the window's inputs predict, its end, and from
   * which token it is scored.
   */
  static List<int[]> windows(int tokens, int longest) {
    List<int[]> windows = new ArrayList<>();
    for (int scored = 0; scored < tokens; ) {
      int end = Math.min(tokens, scored + longest);
      windows.add(new int[] {scored == 0 ? 0 : end - longest, end, scored});
      scored = end;
    }
    return windows;
  }

  /** What is read and what is scored in one window of a text. */
  static ScorePlan plan(int index, int[] tokens, int[] window, int prefix) {
    int[] inputs = new int[window[1] - window[0]];
    for (int i = 0; i < inputs.length; i++) {
      int at = window[0] + i - 1; // the input before the token that stands there
      inputs[i] = at < 0 ? prefix : tokens[at];
    }
    int[] targets = Arrays.copyOfRange(tokens, window[2], window[1]);
    return new ScorePlan(index, inputs, targets, Set.of());
  }

  List<ScorePlan> plans() {
    return plans;
  }

  /** For messages: the text that each window is of. */
  List<ScoreRequest> requests() {
    return textOf.stream().map(text -> new ScoreRequest("", texts.get(text))).toList();
  }

  /** Takes the scores of windows and gives those of texts, each as its last window comes. */
  Sink<Score> collecting(Sink<Score> sink) {
    Score[] scores = new Score[plans.size()];
    int[] left = windows.clone();
    for (int text = 0; text < windows.length; text++) {
      if (windows[text] == 0) {
        sink.accept(text, Score.ofNothing());
      }
    }
    return (window, score) -> {
      int text = textOf.get(window);
      scores[window] = score;
      if (--left[text] == 0) {
        int first = textOf.indexOf(text);
        sink.accept(text, sum(Arrays.asList(scores).subList(first, first + windows[text])));
      }
    };
  }

  private static Score sum(List<Score> windows) {
    double sum = 0;
    for (Score window : windows) {
      sum += window.logProbability();
    }
    return new Score(
        sum,
        windows.stream().mapToInt(Score::tokens).sum(),
        windows.stream().allMatch(Score::greedy),
        windows.stream().flatMapToDouble(s -> DoubleStream.of(s.logProbabilities())).toArray(),
        windows.stream().flatMapToDouble(s -> DoubleStream.of(s.entropies())).toArray());
  }
}
