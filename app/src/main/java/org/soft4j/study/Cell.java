package org.soft4j.study;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One finished run of the study: a line of cells.jsonl.
 *
 * @param world number of the micro world
 * @param condition its name
 * @param seed of the run
 * @param learningRate used; 0 for the base
 * @param purpose {@code tune} on validation facts, or {@code test}
 * @param rounds scores after each round, in order; for the base one entry per number of shots
 */
public record Cell(
    int world,
    String condition,
    long seed,
    double learningRate,
    String purpose,
    List<Scores> rounds) {
  public Cell {
    rounds = List.copyOf(rounds);
  }

  /**
   * Scores at one point of a run.
   *
   * @param at number of the round; for the base, number of demonstrations
   * @param values by {@code benchmark metric}
   */
  public record Scores(int at, Map<String, Double> values) {
    public Scores {
      values = new TreeMap<>(values);
    }
  }

  /** What makes a cell the one it is. */
  record Key(int world, String condition, long seed, double learningRate, String purpose) {}

  Key key() {
    return new Key(world, condition, seed, learningRate, purpose);
  }

  /** Scores after the last round. */
  Scores last() {
    return rounds.get(rounds.size() - 1);
  }
}
