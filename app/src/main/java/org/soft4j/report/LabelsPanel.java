package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.soft4j.datasets.Demonstration;
import org.soft4j.soft.CutExamples;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.Label;

/** What each round wrote and learned, from labels.jsonl, dropped.jsonl and pool.csv. */
public final class LabelsPanel {
  private static final int SAMPLES = 6;
  // Characters of a prompt that a line has room for.
  private static final int SHOWN = 110;

  private LabelsPanel() {}

  /**
   * The body.
   *
   * @param notes what is known of all labels, such as that a server wrote them
   */
  public record Body(List<Round> rounds, List<String> notes) {}

  /**
   * A round's labels.
   *
   * @param number from 1
   * @param labels how many were kept
   * @param drops counts by reason
   * @param warning why most were dropped, probably; empty where most were kept
   * @param cut a sentence about those too long to be learned whole; empty where none was
   * @param samples a few labels
   */
  public record Round(
      int number,
      int labels,
      List<ReportPage.Fact> drops,
      String warning,
      String cut,
      List<Sample> samples) {}

  /**
   * One label.
   *
   * @param type of its prompt
   * @param shown the beginning of the prompt
   * @param prompt what was asked
   * @param response what the model wrote
   * @param measures such as its perplexity
   * @param demonstrations what stood before the prompt
   */
  public record Sample(
      String type,
      String shown,
      String prompt,
      String response,
      String measures,
      List<Example> demonstrations) {}

  /** A demonstration of a label's context. */
  public record Example(String prompt, String response) {}

  static Optional<ReportPage.Panel> of(RunReader files) {
    List<Round> rounds = new ArrayList<>();
    Map<String, Demonstration> pool = files.pool();
    for (int round : files.rounds()) {
      List<Label> labels = files.labels(round);
      Map<String, Long> drops =
          files.dropped(round).stream()
              .collect(
                  Collectors.groupingBy(DroppedLabel::reason, TreeMap::new, Collectors.counting()));
      rounds.add(
          new Round(
              round,
              labels.size(),
              drops.entrySet().stream()
                  .map(e -> new ReportPage.Fact(e.getKey(), e.getValue().toString()))
                  .toList(),
              files.caveat(round),
              files.cut(round).map(CutExamples::text).orElse(""),
              samples(labels).stream().map(label -> sample(label, pool)).toList()));
    }
    return rounds.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReportPage.Panel("labels", "Labels", new Body(rounds, files.caveats())));
  }

  /** A few labels of each type, spread evenly over the round. */
  private static List<Label> samples(List<Label> labels) {
    Map<String, List<Label>> byType =
        labels.stream()
            .collect(Collectors.groupingBy(Label::type, TreeMap::new, Collectors.toList()));
    List<Label> chosen = new ArrayList<>();
    int each = Math.max(1, SAMPLES / Math.max(1, byType.size()));
    for (List<Label> type : byType.values()) {
      chosen.addAll(Spread.over(type, each));
    }
    return chosen.subList(0, Math.min(2 * SAMPLES, chosen.size()));
  }

  private static String beginning(String prompt) {
    int most =
        prompt.offsetByCodePoints(0, Math.min(SHOWN, prompt.codePointCount(0, prompt.length())));
    return most < prompt.length() ? prompt.substring(0, most).strip() + "…" : prompt;
  }

  /** Nothing of what a server does not tell. */
  private static String told(String words, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, words, value);
  }

  private static Sample sample(Label label, Map<String, Demonstration> pool) {
    return new Sample(
        label.type(),
        beginning(label.prompt()),
        label.prompt(),
        label.response(),
        label.tokens()
            + " tokens"
            + told(", perplexity %.2f", label.perplexity())
            + told(", entropy %.2f nats", label.entropy()),
        label.demonstrations().stream()
            .filter(pool::containsKey)
            .map(id -> new Example(pool.get(id).prompt(), pool.get(id).response()))
            .toList());
  }
}
