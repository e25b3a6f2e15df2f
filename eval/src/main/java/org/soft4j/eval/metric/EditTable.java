package org.soft4j.eval.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Edit distance of written words from right ones, row by row, within a beam around the diagonal as
 * sacrebleu's. Words in another order that begin alike share their first rows.
 */
final class EditTable {
  /** Edits of a trace. */
  static final char KEEP = ' ';

  static final char INSERT = 'i';
  static final char DELETE = 'd';
  private static final char REPLACE = 's';
  private static final int BEAM = 25;
  private static final int NEVER = Integer.MAX_VALUE / 2;

  private final List<String> words;
  private final List<String> right;
  private final int[][] costs;
  private final char[][] edits;

  private EditTable(List<String> words, List<String> right) {
    this.words = words;
    this.right = right;
    costs = new int[words.size() + 1][];
    edits = new char[words.size() + 1][];
  }

  static EditTable of(List<String> words, List<String> right) {
    EditTable table = new EditTable(words, right);
    table.costs[0] = new int[right.size() + 1];
    table.edits[0] = new char[right.size() + 1];
    Arrays.setAll(table.costs[0], i -> i);
    Arrays.fill(table.edits[0], INSERT);
    table.fill(1);
    return table;
  }

  List<String> words() {
    return words;
  }

  int distance() {
    return costs[words.size()][right.size()];
  }

  /** The distance of as many other words, of which so many are the same at the beginning. */
  int distance(List<String> other, int alike) {
    EditTable table = new EditTable(other, right);
    System.arraycopy(costs, 0, table.costs, 0, alike + 1);
    System.arraycopy(edits, 0, table.edits, 0, alike + 1);
    table.fill(alike + 1);
    return table.distance();
  }

  private void fill(int from) {
    double ratio = words.isEmpty() ? 1 : (double) right.size() / words.size();
    int beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
    for (int i = from; i <= words.size(); i++) {
      costs[i] = new int[right.size() + 1];
      edits[i] = new char[right.size() + 1];
      Arrays.fill(costs[i], NEVER);
      int diagonal = (int) Math.floor(i * ratio);
      int last = i == words.size() ? right.size() : Math.min(right.size(), diagonal + beam - 1);
      for (int j = Math.max(0, diagonal - beam); j <= last; j++) {
        cell(i, j);
      }
    }
  }

  private void cell(int i, int j) {
    if (j == 0) {
      set(i, j, costs[i - 1][j] + 1, DELETE);
      return;
    }
    boolean same = words.get(i - 1).equals(right.get(j - 1));
    set(i, j, costs[i - 1][j - 1] + (same ? 0 : 1), same ? KEEP : REPLACE);
    set(i, j, costs[i - 1][j] + 1, DELETE);
    set(i, j, costs[i][j - 1] + 1, INSERT);
  }

  private void set(int i, int j, int cost, char edit) {
    if (cost < costs[i][j]) {
      costs[i][j] = cost;
      edits[i][j] = edit;
    }
  }

  /** Edits that make the right words of the written ones. */
  String trace() {
    StringBuilder trace = new StringBuilder();
    int i = words.size();
    int j = right.size();
    while (i > 0 || j > 0) {
      char edit = edits[i][j];
      trace.append(edit);
      i -= edit == INSERT ? 0 : 1;
      j -= edit == DELETE ? 0 : 1;
    }
    return trace.reverse().toString();
  }
}
