package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.soft4j.core.UserError;
import org.soft4j.eval.python.PythonRandom;

/**
 * Draws the answered rows that stand before each evaluated one, as the reference harness does: the
 * first ones, or a sample by Python's random with seed 1234, drawn row after row. An example that
 * is the evaluated row itself would hold its answer; unless the harness's way is asked for, another
 * row stands in its place, and all other examples are the harness's.
 */
final class Examples {
  private static final int SEED = 1234;

  private final String task;
  private final List<Row> pool;
  private final List<Row> evaluated;
  private final Rules rules;
  private final Function<Row, Object> asked;
  private final Map<Row, Object> known = new IdentityHashMap<>();
  private final Map<Integer, List<List<Row>>> draws = new HashMap<>();
  private final Map<Integer, Integer> replaced = new HashMap<>();
  private final List<Row> spare;

  /**
   * How examples are chosen.
   *
   * @param first whether the first rows are taken instead of a sample
   * @param others whether the harness itself keeps a row from being its own example
   * @param harness whether a row that is its own example stays
   * @param none whether the file says that there are none, which the harness then keeps to
   */
  record Rules(boolean first, boolean others, boolean harness, boolean none) {}

  /**
   * Nothing is drawn yet.
   *
   * @param task name, for errors
   * @param pool rows to draw from; empty where the task has none
   * @param evaluated all evaluated rows, in order
   * @param rules of the choice
   * @param asked what a row asks and what is right, by which two rows are one
   */
  Examples(
      String task, List<Row> pool, List<Row> evaluated, Rules rules, Function<Row, Object> asked) {
    this.task = task;
    this.pool = List.copyOf(pool);
    this.evaluated = List.copyOf(evaluated);
    this.rules = rules;
    this.asked = asked;
    this.spare = new ArrayList<>(pool);
    if (!rules.first()) {
      new PythonRandom(SEED).shuffle(spare);
    }
  }

  /** The examples of one evaluated row; fewer where the pool has no further ones. */
  List<Row> of(int row, int count) {
    return count == 0 ? List.of() : draws.computeIfAbsent(count, this::draw).get(row);
  }

  /** In how many rows the harness's examples hold the row itself; none where the pool is small. */
  int own(int count) {
    if (count == 0 || wanted(count) > pool.size()) {
      return 0;
    }
    of(0, count);
    return replaced.get(count);
  }

  /** What one must know of the examples of all rows; nothing where they are as asked. */
  List<String> notes(int count) {
    List<String> notes = new ArrayList<>(ownNotes(count));
    if (rules.none() && count > 0) {
      notes.add(
          "num_fewshot is 0 in the task file, which lm-evaluation-harness keeps to whatever"
              + " --num_fewshot says: its prompts have no examples, and these have "
              + count);
    }
    return notes;
  }

  private List<String> ownNotes(int count) {
    int own = own(count);
    if (own == 0) {
      return List.of();
    }
    if (rules.harness()) {
      return List.of(
          "%s of %s rows are among their own examples, with the answer, as in lm-evaluation-harness"
              .formatted(own, evaluated.size()));
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s of %s rows would be among their own examples; others stand there; --option %s.examples=harness keeps them as lm-evaluation-harness does"
            .formatted(own, evaluated.size(), task));
    long fewer =
        IntStream.range(0, evaluated.size()).filter(i -> of(i, count).size() < count).count();
    if (fewer > 0) {
      notes.add(
          "%s of %s rows have fewer than %s examples: their split has no others"
              .formatted(fewer, evaluated.size(), count));
    }
    return notes;
  }

  private int wanted(int count) {
    return count + (rules.others() ? 1 : 0);
  }

  private List<List<Row>> draw(int count) {
    if (wanted(count) > pool.size()) {
      throw new UserError(
          "%s wants %s examples, and its few-shot split has %s rows."
              .formatted(task, count, pool.size()),
          // Shots that are asked for stand in for what the task file says.
          "Ask for %s or fewer by --shots; where the task file asks, by --option %s.num_fewshot=N."
              .formatted(Math.max(0, pool.size() - (rules.others() ? 1 : 0)), task));
    }
    PythonRandom random = new PythonRandom(SEED);
    List<List<Row>> drawn = new ArrayList<>();
    int holding = 0;
    for (int i = 0; i < evaluated.size(); i++) {
      Row row = evaluated.get(i);
      List<Row> examples = rules.first() ? firstOnes(row, count) : sampled(row, count, random);
      boolean holds = examples.stream().anyMatch(other -> same(row, other));
      holding += holds ? 1 : 0;
      drawn.add(holds && !rules.harness() ? replaced(i, examples) : examples);
    }
    replaced.put(count, holding);
    return drawn;
  }

  /** The same examples with further rows of the pool for those that are the row itself. */
  private List<Row> replaced(int index, List<Row> examples) {
    Row row = evaluated.get(index);
    List<Row> kept = new ArrayList<>(examples.stream().filter(o -> !same(row, o)).toList());
    int start = rules.first() ? 0 : index;
    for (int i = 0; i < spare.size() && kept.size() < examples.size(); i++) {
      Row other = spare.get((start + i) % spare.size());
      if (kept.stream().noneMatch(drawn -> drawn == other) && !same(row, other)) {
        kept.add(other);
      }
    }
    return kept;
  }

  /** Whether an example holds the answer of a row: it is that row, or asks and answers the same. */
  private boolean same(Row row, Row other) {
    return row.file().equals(other.file()) && row.line() == other.line()
        || row.sameAs(other)
        || question(row).equals(question(other));
  }

  private Object question(Row row) {
    return known.computeIfAbsent(row, this::questioned);
  }

  private Object questioned(Row row) {
    try {
      return asked.apply(row);
    } catch (UserError saidWhereItStands) {
      return Optional.of(row);
    }
  }

  private List<Row> firstOnes(Row row, int count) {
    return rules.others() ? without(row, pool, count) : pool.subList(0, count);
  }

  private List<Row> sampled(Row row, int count, PythonRandom random) {
    if (!rules.others()) {
      return random.sample(pool, count);
    }
    List<Row> drawn = without(row, random.sample(pool, count + 1), count);
    return drawn.size() == count ? drawn : random.sample(without(row, pool, pool.size()), count);
  }

  private static List<Row> without(Row row, List<Row> rows, int count) {
    return rows.stream().filter(other -> !other.sameAs(row)).limit(count).toList();
  }
}
