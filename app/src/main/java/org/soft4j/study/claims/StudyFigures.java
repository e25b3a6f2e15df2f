package org.soft4j.study.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.soft4j.eval.Statistics;
import org.soft4j.plot.Line;
import org.soft4j.plot.Plot;
import org.soft4j.study.grid.FinishedCell;
import org.soft4j.study.grid.Score;
import org.soft4j.study.grid.StudyCondition;

/**
 * The figures of a study: each score over the share of prompts learned so far, a line for each
 * condition through its means over the seeds, the single seeds faint behind it.
 */
public record StudyFigures(Map<StudyCondition, List<FinishedCell>> cells, List<Score> scores) {
  /** A figure, and its file beside the page. */
  public record Picture(String title, String file, String svg) {}

  /** The body of the panel. */
  public record Body(List<Picture> pictures) {
    /** How to read them. */
    public String note() {
      return "A line goes through the means over the seeds; the seeds themselves stand faint behind"
          + " it. At 0 % is the base model, at 100 % the last round.";
    }
  }

  List<Picture> pictures() {
    return scores.stream().map(this::picture).toList();
  }

  private Picture picture(Score score) {
    List<Line> means = new ArrayList<>();
    List<Line> seeds = new ArrayList<>();
    cells.forEach(
        (condition, of) -> {
          int last = of.stream().mapToInt(FinishedCell::lastRound).min().orElse(0);
          double[] x = IntStream.rangeClosed(0, last).mapToDouble(r -> 100.0 * r / last).toArray();
          double[] mean =
              IntStream.rangeClosed(0, last)
                  .mapToDouble(r -> Statistics.mean(values(of, r, score)))
                  .toArray();
          means.add(new Line(condition.name(), x, mean));
          for (FinishedCell cell : of) {
            double[] own =
                IntStream.rangeClosed(0, last)
                    .mapToDouble(r -> score.factor() * cell.mean(r, score))
                    .toArray();
            seeds.add(new Line(condition.name(), x, own));
          }
        });
    Plot plot =
        new Plot(
            score.name(),
            "prompts learned, % of all",
            score.factor() == 100 ? "points of a hundred" : score.metric(),
            means,
            score.factor() * score.chance(),
            score.factor() == 100 ? Plot.Reach.SCORES : Plot.Reach.VALUES,
            false,
            cells.values().iterator().next().size() > 1 ? seeds : List.of());
    return new Picture(score.name(), file(score), plot.svg());
  }

  private static double[] values(List<FinishedCell> cells, int round, Score score) {
    return cells.stream().mapToDouble(c -> score.factor() * c.mean(round, score)).toArray();
  }

  private static String file(Score score) {
    return "study-" + score.name().replaceAll("[^a-zA-Z0-9.-]+", "-") + ".svg";
  }
}
