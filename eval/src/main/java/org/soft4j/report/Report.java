package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.RunComparison;
import org.soft4j.datasets.Demonstration;
import org.soft4j.run.RunFolder;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.Label;
import org.soft4j.soft.Measurement;

/** The report of a run: report.html, one self-contained page, and report.md beside it. */
public final class Report {
  private static final int SAMPLES = 6;

  private final RunReader files;
  private final RunDescription description;

  private Report(RunReader files) {
    this.files = files;
    this.description = new RunDescription(files.description());
  }

  /**
   * Writes both pages into the run folder, from its files alone; a run that is not finished gets a
   * report of what is there.
   *
   * @return report.html
   */
  public static Path write(Path runFolder) {
    ReportPage page = page(runFolder);
    RunFolder.writeWhole(runFolder.resolve("report.md"), Templates.markdown(page));
    Path html = runFolder.resolve("report.html");
    RunFolder.writeWhole(html, Templates.html(page));
    return html;
  }

  /** What the report shows, as values. */
  public static ReportPage page(Path runFolder) {
    return new Report(new RunReader(runFolder)).page();
  }

  private ReportPage page() {
    List<Measurement> all = files.measurements().stream().filter(Kinds::score).toList();
    List<Measurement> headline = Kinds.headline(all, files.headline());
    List<Finding> findings = Finding.of(headline, lastAgainstBase());
    List<Finding> zeroShot = findings.stream().filter(f -> f.base().shots() == 0).toList();
    return new ReportPage(
        "soft4j run " + files.folder().toAbsolutePath().normalize().getFileName(),
        description.summary(files.rounds().size()),
        outcome(),
        Finding.verdict(zeroShot),
        zeroShot.stream().map(Finding::sentence).toList(),
        findings.stream().filter(f -> f.base().shots() > 0).map(Finding::sentence).toList(),
        ScoreTable.of(headline),
        ScoreTable.of(all),
        sections(),
        rounds(),
        description.leftOut(),
        description.settings(),
        description.environment(),
        description.again());
  }

  private String outcome() {
    String reason = files.outcome();
    return reason.isEmpty()
        ? "The run is not finished."
        : Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
  }

  /** The last measured round and the base, item by item; empty before a round was measured. */
  private List<Comparison> lastAgainstBase() {
    List<Path> measured = files.measured();
    return measured.size() < 2
        ? List.of()
        : RunComparison.of(List.of(measured.get(0), measured.get(measured.size() - 1)));
  }

  private List<ReportPage.Section> sections() {
    RunFigures figures = new RunFigures(files);
    List<ReportPage.Section> sections = new ArrayList<>();
    add(
        sections,
        "Scores over the rounds",
        "Round 0 is the base model. Bars are one standard error over the items.",
        figures.scoresOverRounds());
    add(
        sections,
        "Few-shot curves",
        "What demonstrations in the context add. SOFT labels with them and trains without them, so"
            + " the zero-shot end of a line should rise towards the k-shot end of the line before.",
        figures.scoresOverShots());
    add(
        sections,
        "Collapse",
        "Signs of a model that closes in on itself: falling entropy and falling distinct shares,"
            + " rising copies.",
        figures.collapse());
    add(sections, "Training", "Mean cross-entropy of each optimizer step.", figures.training());
    return sections;
  }

  private static void add(
      List<ReportPage.Section> sections,
      String name,
      String note,
      Map<String, org.knowm.xchart.XYChart> charts) {
    if (!charts.isEmpty()) {
      sections.add(new ReportPage.Section(name, note, RunFigures.pictures(charts)));
    }
  }

  private List<ReportPage.Round> rounds() {
    Map<String, Demonstration> pool = files.pool();
    List<ReportPage.Round> rounds = new ArrayList<>();
    for (int round : files.rounds()) {
      List<Label> labels = files.labels(round);
      Map<String, Long> drops =
          files.dropped(round).stream()
              .collect(
                  Collectors.groupingBy(DroppedLabel::reason, TreeMap::new, Collectors.counting()));
      rounds.add(
          new ReportPage.Round(
              round,
              labels.size(),
              drops.entrySet().stream()
                  .map(e -> new ReportPage.Fact(e.getKey(), e.getValue().toString()))
                  .toList(),
              samples(labels).stream().map(label -> sample(label, pool)).toList()));
    }
    return rounds;
  }

  /** A few labels of each type, spread evenly over the round. */
  private static List<Label> samples(List<Label> labels) {
    Map<String, List<Label>> byType =
        labels.stream()
            .collect(Collectors.groupingBy(Label::type, TreeMap::new, Collectors.toList()));
    List<Label> chosen = new ArrayList<>();
    int each = Math.max(1, SAMPLES / Math.max(1, byType.size()));
    for (List<Label> type : byType.values()) {
      int count = Math.min(each, type.size());
      for (int i = 0; i < count; i++) {
        chosen.add(type.get((int) ((long) i * type.size() / count)));
      }
    }
    return chosen.subList(0, Math.min(2 * SAMPLES, chosen.size()));
  }

  private static ReportPage.Sample sample(Label label, Map<String, Demonstration> pool) {
    return new ReportPage.Sample(
        label.type(),
        label.prompt(),
        label.response(),
        String.format(
            Locale.ROOT,
            "%d tokens, perplexity %.2f, entropy %.2f nats",
            label.tokens(),
            label.perplexity(),
            label.entropy()),
        label.demonstrations().stream()
            .filter(pool::containsKey)
            .map(id -> new ReportPage.Example(pool.get(id).prompt(), pool.get(id).response()))
            .toList());
  }

  /** Reads run.json leniently: a report shall not fail on a key it does not know. */
  record RunDescription(JsonNode run) {
    String summary(int rounds) {
      JsonNode settings = run.path("settings");
      return "%s on %s: %d of %d rounds, seed %s."
          .formatted(
              settings.path("method").asText("soft+"),
              run.path("model").path("name").asText("a model"),
              rounds,
              Math.max(
                  rounds,
                  settings.path("method").asText().equals("single")
                      ? 1
                      : settings.path("rounds").asInt(rounds)),
              settings.path("seed").asText("unknown"));
    }

    List<ReportPage.Fact> leftOut() {
      return flat("", run.path("left_out"));
    }

    List<ReportPage.Setting> settings() {
      JsonNode origins = run.path("origins");
      return flat("", run.path("settings")).stream()
          .map(
              f ->
                  new ReportPage.Setting(
                      f.name(), f.value(), origins.path(f.name()).asText("default")))
          .toList();
    }

    List<ReportPage.Fact> environment() {
      List<ReportPage.Fact> facts = new ArrayList<>();
      run.properties().stream()
          .filter(e -> !List.of("settings", "origins", "left_out", "changes").contains(e.getKey()))
          .forEach(e -> facts.addAll(flat(e.getKey(), e.getValue())));
      return facts;
    }

    String again() {
      return run.path("sources").path("command").asText("./soft4j run --config run.json");
    }

    private static List<ReportPage.Fact> flat(String prefix, JsonNode node) {
      if (!node.isObject()) {
        String text = node.isValueNode() ? node.asText() : node.toString();
        return node.isMissingNode() ? List.of() : List.of(new ReportPage.Fact(prefix, text));
      }
      List<ReportPage.Fact> facts = new ArrayList<>();
      node.properties()
          .forEach(
              e ->
                  facts.addAll(
                      flat(
                          prefix.isEmpty() ? e.getKey() : prefix + "." + e.getKey(),
                          e.getValue())));
      return facts;
    }
  }
}
