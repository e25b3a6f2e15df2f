package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Score;
import org.soft4j.lm.Sink;

/**
 * Scores continuations over one prefix tree of all requests: each distinct prefix is computed once,
 * and logits exist only where a continuation's token is predicted.
 */
final class LogProbabilityScorer {
  private final Decoder decoder;
  private final int slice;
  private final Sink<Score> sink;
  private final Cancellation cancel;
  private final TreeWalk walk;
  private final List<ScorePlan> ended = new ArrayList<>();
  private final List<long[]> wanted = new ArrayList<>(); // row, target, place in the results

  LogProbabilityScorer(
      Decoder decoder, Budget budget, int vocabulary, Sink<Score> sink, Cancellation cancel) {
    this.decoder = decoder;
    this.slice = (int) Math.max(1, budget.logitBytes() / (4L * vocabulary));
    this.sink = sink;
    this.cancel = cancel;
    walk = new TreeWalk(budget.tokens());
  }

  void run(List<ScorePlan> plans) {
    List<ScorePlan> sorted = new ArrayList<>(plans);
    sorted.sort(
        Comparator.comparing(ScorePlan::inputs, Arrays::compare)
            .thenComparing(ScorePlan::targets, Arrays::compare));
    decoder.openPath(sorted.stream().mapToInt(plan -> plan.inputs().length).max().orElse(1));
    for (ScorePlan plan : sorted) {
      descend(plan.inputs());
      for (int i = 0; i < plan.targets().length; i++) {
        wanted.add(new long[] {walk.row(plan.start() + i), plan.targets()[i], wanted.size()});
      }
      ended.add(plan);
    }
    flush();
  }

  private void descend(int[] inputs) {
    for (int at = walk.share(inputs); at < inputs.length; at++) {
      if (walk.full()) {
        flush();
      }
      walk.push(inputs[at]);
    }
  }

  private void flush() {
    cancel.check();
    wanted.sort(Comparator.comparingLong(want -> want[0]));
    long[] rows = wanted.stream().mapToLong(want -> want[0]).distinct().toArray();
    long[][] pairs = new long[TokenLayout.PAIR_ROWS][wanted.size()];
    int row = -1;
    for (int i = 0; i < wanted.size(); i++) {
      row += i == 0 || wanted.get(i)[0] != wanted.get(i - 1)[0] ? 1 : 0;
      pairs[TokenLayout.PAIR_ROW][i] = row;
      pairs[TokenLayout.PAIR_TARGET][i] = wanted.get(i)[1];
    }
    double[] measures = decoder.score(walk.take(), rows, pairs, slice);
    int columns = TokenLayout.SCORE_COLUMNS;
    double[][] results = new double[wanted.size()][];
    for (int i = 0; i < results.length; i++) {
      results[(int) wanted.get(i)[2]] =
          Arrays.copyOfRange(measures, columns * i, columns * (i + 1));
    }
    wanted.clear();
    deliver(results);
  }

  private void deliver(double[][] results) {
    int at = 0;
    for (ScorePlan plan : ended) {
      int count = plan.targets().length;
      double[][] mine = Arrays.copyOfRange(results, at, at + count);
      at += count;
      double[] values =
          Arrays.stream(mine).mapToDouble(m -> m[TokenLayout.SCORE_LOG_PROBABILITY]).toArray();
      double[] entropies =
          Arrays.stream(mine).mapToDouble(m -> m[TokenLayout.SCORE_ENTROPY]).toArray();
      boolean greedy = Arrays.stream(mine).allMatch(m -> m[TokenLayout.SCORE_GREEDY] > 0);
      double sum = Arrays.stream(values).reduce(0, Double::sum);
      sink.accept(plan.index(), new Score(sum, count, greedy, values, entropies, plan.caveats()));
    }
    ended.clear();
  }
}
