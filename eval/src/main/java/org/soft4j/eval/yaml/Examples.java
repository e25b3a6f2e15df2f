package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.error.UserError;
import org.soft4j.eval.python.PythonRandom;

/**
 * Draws the answered rows that stand before each evaluated one, as the reference harness does: the
 * first ones, or a sample by Python's random with seed 1234, drawn row after row.
 */
final class Examples {
  private static final int SEED = 1234;

  private final String task;
  private final List<Row> pool;
  private final List<Row> evaluated;
  private final boolean first;
  private final boolean others;
  private final Map<Integer, List<List<Row>>> draws = new HashMap<>();

  /**
   * Nothing is drawn yet.
   *
   * @param task name, for errors
   * @param pool rows to draw from; empty where the task has none
   * @param evaluated all evaluated rows, in order
   * @param first whether the first rows are taken instead of a sample
   * @param others whether a row is never its own example
   */
  Examples(String task, List<Row> pool, List<Row> evaluated, boolean first, boolean others) {
    this.task = task;
    this.pool = List.copyOf(pool);
    this.evaluated = List.copyOf(evaluated);
    this.first = first;
    this.others = others;
  }

  /** The examples of one evaluated row. */
  List<Row> of(int row, int count) {
    return count == 0 ? List.of() : draws.computeIfAbsent(count, this::draw).get(row);
  }

  private List<List<Row>> draw(int count) {
    if (count + (others ? 1 : 0) > pool.size()) {
      throw new UserError(
          "%s wants %d examples, and its few-shot split has %d rows."
              .formatted(task, count, pool.size()),
          // Shots that are asked for stand in for what the task file says.
          "Ask for %d or fewer by --shots; where the task file asks, by --option %s.num_fewshot=N."
              .formatted(Math.max(0, pool.size() - (others ? 1 : 0)), task));
    }
    PythonRandom random = new PythonRandom(SEED);
    List<List<Row>> drawn = new ArrayList<>();
    for (Row row : evaluated) {
      drawn.add(first ? firstOnes(row, count) : sampled(row, count, random));
    }
    return drawn;
  }

  private List<Row> firstOnes(Row row, int count) {
    return others ? without(row, pool, count) : pool.subList(0, count);
  }

  private List<Row> sampled(Row row, int count, PythonRandom random) {
    if (!others) {
      return random.sample(pool, count);
    }
    List<Row> drawn = without(row, random.sample(pool, count + 1), count);
    return drawn.size() == count ? drawn : random.sample(without(row, pool, pool.size()), count);
  }

  private static List<Row> without(Row row, List<Row> rows, int count) {
    return rows.stream().filter(other -> !other.sameAs(row)).limit(count).toList();
  }
}
