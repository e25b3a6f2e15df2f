package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.judge.AlpacaFiles;
import org.soft4j.eval.judge.FastChatJudgments;
import org.soft4j.eval.judge.Preference;
import org.soft4j.eval.judge.Rating;
import org.soft4j.eval.judge.VerdictReader;

/**
 * What a judge said of one model's answers to one task.
 *
 * @param judge its name; empty where nobody judged
 * @param byItem by item id, or by what was asked where the files have no ids
 */
record Judgments(String judge, Map<String, Judgment> byItem) {
  private static final Judgment NONE = new Judgment("", "");

  /**
   * One verdict.
   *
   * @param value a score or a preference, in words
   * @param words of the judge
   */
  record Judgment(String value, String words) {
    private Judgment and(Judgment later) {
      return new Judgment(value + "; " + later.value, words + "\n\n———\n\n" + later.words);
    }
  }

  static Judgments read(RunReader files, int round, String task) {
    return read(files, round, task, 0);
  }

  static Judgments read(RunReader files, int round, String task, int shots) {
    Path folder = files.judging(round, task, shots);
    Path annotations = folder.resolve("annotations.json");
    if (Files.exists(annotations)) {
      return ofPreferences(AlpacaFiles.readAnnotations(annotations), files, round, task);
    }
    return FastChatJudgments.singles(folder.resolve(FastChatJudgments.FOLDER)).stream()
        .findFirst()
        .map(file -> ofScores(FastChatJudgments.readSingle(file)))
        .orElseGet(() -> new Judgments("", Map.of()));
  }

  /** What was odd about a judge's replies, from its summary: a sentence each. */
  static List<String> odd(RunReader files, int round, String task) {
    Path summary = files.judging(round, task, 0).resolve("summary.json");
    if (!Files.exists(summary)) {
      return List.of();
    }
    JsonNode read = Json.read(WholeFile.read(summary), JsonNode.class, summary.toString());
    Map<String, Integer> counts = new TreeMap<>();
    read.path("verdicts").properties().forEach(e -> counts.put(e.getKey(), e.getValue().asInt()));
    int replies = read.path("replies").asInt();
    return VerdictReader.words(counts).entrySet().stream()
        .map(e -> "%s of %s replies %s.".formatted(e.getValue(), replies, e.getKey()))
        .toList();
  }

  Judgment of(String item, String question) {
    return byItem.getOrDefault(item, byItem.getOrDefault(question, NONE));
  }

  private static Judgments ofScores(List<Rating> judgements) {
    Map<String, Judgment> byItem = new HashMap<>();
    for (Rating j : judgements) {
      String score =
          j.read() ? String.format(Locale.ROOT, "%.1f of 10", j.score()) : "verdict not readable";
      String turn = j.turn() == 1 ? "" : "second turn: ";
      byItem.merge(j.id(), new Judgment(turn + score, j.judgment()), Judgment::and);
    }
    return new Judgments(judgements.isEmpty() ? "" : judgements.get(0).judge(), byItem);
  }

  private static Judgments ofPreferences(
      List<Preference> preferences, RunReader files, int round, String task) {
    Map<String, Judgment> byItem = new HashMap<>();
    for (Preference p : preferences) {
      String value =
          p.value().isPresent()
              ? String.format(Locale.ROOT, "preference %.2f", p.value().getAsDouble() - 1)
              : "verdict not readable";
      byItem.put(
          p.output().instruction(),
          new Judgment(value + " over " + p.baseline().model(), p.reply1() + "\n\n" + p.reply2()));
    }
    Path summary = files.judging(round, task, 0).resolve("summary.json");
    String judge =
        Files.exists(summary)
            ? Json.read(WholeFile.read(summary), JsonNode.class, summary.toString())
                .path("judge")
                .asText()
            : "";
    return new Judgments(judge, byItem);
  }

  /** Mean grade over the turns of every item; those that cannot be read are left out. */
  static Map<String, Double> grades(Path judging) {
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
