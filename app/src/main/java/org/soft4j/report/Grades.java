package org.soft4j.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.eval.judge.FastChatJudgments;
import org.soft4j.eval.judge.Rating;

/** Reads a judge's grades; those that could not be read are left out. */
final class Grades {
  private Grades() {}

  /** Mean grade over the turns of every item; none where nobody judged. */
  static Map<String, Double> read(Path judging) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (Path file : FastChatJudgments.singles(judging.resolve(FastChatJudgments.FOLDER))) {
      for (Rating j : FastChatJudgments.readSingle(file)) {
        if (j.read()) {
          double[] sum = sums.computeIfAbsent(j.id(), id -> new double[2]);
          sum[0] += j.score();
          sum[1]++;
        }
      }
    }
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((item, sum) -> means.put(item, sum[0] / sum[1]));
    return means;
  }
}
