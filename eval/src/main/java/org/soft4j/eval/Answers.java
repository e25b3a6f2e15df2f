package org.soft4j.eval;

/** Takes answers apart. */
final class Answers {
  private Answers() {}

  static double logProbability(TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Likelihood likelihood) {
      return likelihood.logProbability();
    }
    throw new IllegalArgumentException("a likelihood was asked for, and " + answer + " came");
  }

  static String text(TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Writing writing) {
      return writing.text();
    }
    throw new IllegalArgumentException("a text was asked for, and " + answer + " came");
  }
}
