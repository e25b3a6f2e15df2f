package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A group of which a task lacks the metric. lm-evaluation-harness 0.4.13 takes the mean of the
 * others without a word (consolidate_group_results keeps the tasks that have the metric), as {@code
 * tools/golden/group_mean.py} shows; so does this, and says so.
 */
class TaskGroupTest {
  private static final List<Measurement> MEASURED =
      List.of(
          row("one", "acc", 0.5, 0.05, 100),
          row("two", "acc", 0.25, 0.1, 16),
          row("two", "exact_match,strict", 0.75, 0.1, 16),
          row("three", "exact_match,strict", 1, 0, 40));

  private static Measurement row(String task, String metric, double value, double se, int items) {
    return new Measurement(0, task, 0, metric, value, se, items, 0);
  }

  private static TaskGroup group(TaskGroup.Rule... rules) {
    List<String> tasks = List.of("one", "two", "three");
    return new TaskGroup("all", "all", "1", tasks, tasks, List.of(rules));
  }

  @Test
  void theMeanIsOfTheTasksThatHaveTheMetricAndTheOthersAreNamed() {
    TaskGroup acc = group(new TaskGroup.Rule("acc", List.of("none"), true));
    Measurement mean = acc.measure(MEASURED).get(0);
    // The harness: 0.46551724137931033 ± 0.04531098431347013 of 116 samples.
    assertEquals(0.46551724137931033, mean.value(), 1e-12);
    assertEquals(0.04531098431347013, mean.standardError(), 1e-12);
    assertEquals(116, mean.items());
    assertEquals(
        List.of("all acc is of 2 of 3 tasks; it is missing in three"), acc.missing(MEASURED));
  }

  @Test
  void everyMetricIsToldForItself() {
    TaskGroup both =
        group(
            new TaskGroup.Rule("acc", List.of("none"), false),
            new TaskGroup.Rule("exact_match", List.of(), true));
    assertEquals(
        List.of(
            "all acc is of 2 of 3 tasks; it is missing in three",
            "all exact_match,strict is of 2 of 3 tasks; it is missing in one"),
        both.missing(MEASURED));
    assertEquals(0.375, both.measure(MEASURED).get(0).value(), 1e-12, "all alike");
  }

  @Test
  void aWholeGroupSaysNothing() {
    List<Measurement> whole =
        List.of(
            row("one", "acc", 1, 0, 2), row("two", "acc", 0, 0, 2), row("three", "acc", 0, 0, 2));
    assertEquals(List.of(), group(new TaskGroup.Rule("acc", List.of("none"), true)).missing(whole));
  }

  /** No task has it: there is no mean, and it is said so. */
  @Test
  void aMetricOfNoTaskHasNoMean() {
    TaskGroup f1 = group(new TaskGroup.Rule("f1", List.of("none"), true));
    assertEquals(List.of(), f1.measure(MEASURED));
    assertEquals(List.of("all has no f1: none of its 3 tasks has it"), f1.missing(MEASURED));
  }
}
