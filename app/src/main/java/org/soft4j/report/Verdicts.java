package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

/**
 * What a judge said of one model's answers to one task.
 *
 * @param judge its name; empty where nobody judged
 * @param byItem by item id, or by what was asked where the files have no ids
 */
record Verdicts(String judge, Map<String, Verdict> byItem) {
  private static final Verdict NONE = new Verdict("", "");

  /**
   * One verdict.
   *
   * @param value a score or a preference, in words
   * @param words of the judge
   */
  record Verdict(String value, String words) {
    private Verdict and(Verdict later) {
      return new Verdict(value + "; " + later.value, words + "\n\n———\n\n" + later.words);
    }
  }

  static Verdicts read(RunReader files, int round, String task) {
    Path folder = files.judging(round, task, 0);
    Path annotations = folder.resolve("annotations.json");
    if (Files.exists(annotations)) {
      return ofPreferences(AlpacaFiles.readAnnotations(annotations), files, round, task);
    }
    return FastChatJudgments.singles(folder.resolve(FastChatJudgments.FOLDER)).stream()
        .findFirst()
        .map(file -> ofScores(FastChatJudgments.readSingle(file)))
        .orElseGet(() -> new Verdicts("", Map.of()));
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
    return org.soft4j.eval.judge.VerdictReader.words(counts).entrySet().stream()
        .map(e -> "%s of %s replies %s.".formatted(e.getValue(), replies, e.getKey()))
        .toList();
  }

  Verdict of(String item, String question) {
    return byItem.getOrDefault(item, byItem.getOrDefault(question, NONE));
  }

  private static Verdicts ofScores(List<Rating> judgements) {
    Map<String, Verdict> byItem = new HashMap<>();
    for (Rating j : judgements) {
      String score =
          j.read() ? String.format(Locale.ROOT, "%.1f of 10", j.score()) : "verdict not readable";
      String turn = j.turn() == 1 ? "" : "second turn: ";
      byItem.merge(j.id(), new Verdict(turn + score, j.judgment()), Verdict::and);
    }
    return new Verdicts(judgements.isEmpty() ? "" : judgements.get(0).judge(), byItem);
  }

  private static Verdicts ofPreferences(
      List<Preference> preferences, RunReader files, int round, String task) {
    Map<String, Verdict> byItem = new HashMap<>();
    for (Preference p : preferences) {
      String value =
          p.value().isPresent()
              ? String.format(Locale.ROOT, "preference %.2f", p.value().getAsDouble() - 1)
              : "verdict not readable";
      byItem.put(
          p.output().instruction(),
          new Verdict(value + " over " + p.baseline().model(), p.reply1() + "\n\n" + p.reply2()));
    }
    Path summary = files.judging(round, task, 0).resolve("summary.json");
    String judge =
        Files.exists(summary)
            ? Json.read(WholeFile.read(summary), JsonNode.class, summary.toString())
                .path("judge")
                .asText()
            : "";
    return new Verdicts(judge, byItem);
  }
}
