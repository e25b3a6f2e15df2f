package org.soft4j.eval;

/** Takes answers apart. */
public final class Answers {
  private Answers() {}

  /** Place of the highest value, the first of equals; what is no number is never the highest. */
  public static int firstHighest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best] || (Double.isNaN(values[best]) && !Double.isNaN(values[i]))) {
        best = i;
      }
    }
    return best;
  }

  /** The log-probability of a likelihood; natural. */
  public static double logProbability(TaskAnswer answer) {
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
