package org.soft4j.eval;

import java.util.List;
import java.util.Optional;

/** One question of a benchmark: it knows what to ask of a model and what the answers are worth. */
public interface TaskItem {
  /** What it is about. */
  Document document();

  /** Unique within its task. */
  default String id() {
    return document().id();
  }

  /** What is asked, for reports and for keeping training prompts apart from benchmarks. */
  default String question() {
    return document().question();
  }

  /** What the question is about, for tables by category; empty where the benchmark has none. */
  default String category() {
    return document().category();
  }

  /** Everything that is said to the model, a text a turn. */
  default List<String> turns() {
    return List.of(question());
  }

  /** The best answer, for readers of reports; empty where none is known. */
  default Optional<String> answer() {
    return Optional.empty();
  }

  /** How many times in a row each request is asked, where answers are drawn several times. */
  default int repeats() {
    return 1;
  }

  /**
   * What a filter takes from the answers to a request before they are compared. The metrics of a
   * filter have its name behind a comma.
   */
  default List<String> filtered(String filter, List<String> texts) {
    return texts;
  }

  /** What is asked of the model, with these demonstrations before it; never empty. */
  List<TaskRequest> requests(Shots shots);

  /**
   * What is asked next, such as the second turn of a conversation; empty where nothing more is.
   *
   * @param answers all so far, in the order they were asked for
   */
  default List<TaskRequest> followUp(Shots shots, List<TaskAnswer> answers) {
    return List.of();
  }

  /**
   * Whether the grade depends on no more of the answers than a sample keeps: log-probabilities,
   * whether they were greedy, texts. Such items are graded again where an evaluation is gone on
   * with, since right answers may have changed though questions have not.
   */
  default boolean gradedFromSample() {
    return false;
  }

  /** Grades the answers, which stand in the order of the requests, follow-ups after the first. */
  Grade grade(List<TaskAnswer> answers);
}
