package org.soft4j.eval.metric;

/**
 * Which written word stands for which right one, read from the edits between the two.
 *
 * @param places for each right word the written one, -1 before the first
 * @param rightErrors for each right word, whether it is not there
 * @param writtenErrors for each written word, whether it is wrong
 */
record Alignment(int[] places, boolean[] rightErrors, boolean[] writtenErrors) {
  /**
   * Reads a trace.
   *
   * @param trace edits that make the right words of the written ones
   */
  static Alignment of(String trace, int right, int written) {
    Alignment aligned = new Alignment(new int[right], new boolean[right], new boolean[written]);
    int inRight = -1;
    int inWritten = -1;
    for (char edit : trace.toCharArray()) {
      // The trace makes right words of written ones: what it inserts is only among the right.
      inWritten += edit == EditTable.INSERT ? 0 : 1;
      inRight += edit == EditTable.DELETE ? 0 : 1;
      if (edit != EditTable.DELETE) {
        aligned.places[inRight] = inWritten;
        aligned.rightErrors[inRight] = edit != EditTable.KEEP;
      }
      if (edit != EditTable.INSERT) {
        aligned.writtenErrors[inWritten] = edit != EditTable.KEEP;
      }
    }
    return aligned;
  }

  /** Whether words are wrong where they stand and missing where they would go to. */
  boolean worthwhile(int from, int at, int length) {
    boolean within = from <= places[at] && places[at] < from + length;
    return any(writtenErrors, from, length) && any(rightErrors, at, length) && !within;
  }

  private static boolean any(boolean[] errors, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (errors[i]) {
        return true;
      }
    }
    return false;
  }
}
