package org.soft4j.study.claims;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.soft4j.core.Resolved;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.CrossedComparison;
import org.soft4j.eval.Statistics;
import org.soft4j.report.ReportPage;
import org.soft4j.report.ReportWriter;
import org.soft4j.report.TablePanel;
import org.soft4j.settings.Settings;
import org.soft4j.soft.LabelErrors;
import org.soft4j.study.grid.FinishedCell;
import org.soft4j.study.grid.FinishedStudy;
import org.soft4j.study.grid.Score;
import org.soft4j.study.grid.StudyCondition;
import org.soft4j.study.grid.StudyDesign;
import org.soft4j.table.Decimals;

/**
 * The page of a finished study: study.html, study.md with its figures as study-*.svg, claims.csv,
 * study.csv and study.tex. All of it is made of the study's files.
 */
public final class StudyPage {
  private static final double CONFIDENCE = 0.95;

  private final FinishedStudy study;
  private final StudyDesign design;
  private final Map<StudyCondition, List<FinishedCell>> cells;
  private final List<Score> scores;
  private final List<Finding> findings;

  private StudyPage(FinishedStudy study) {
    this.study = study;
    design = study.design();
    cells = study.read();
    scores = cells.values().iterator().next().get(0).scores();
    findings = Finding.of(Contrast.of(design), scores, cells);
  }

  /** Reads a finished study. */
  public static StudyPage of(FinishedStudy study) {
    return new StudyPage(study);
  }

  /** What each score says of each claim. */
  public List<Finding> findings() {
    return findings;
  }

  /** Writes all files; study.md last. */
  public Path write() {
    Path folder = study.folder();
    StudyTables tables = new StudyTables(design, cells, findings);
    WholeFile.write(folder.resolve("study.csv"), tables.values());
    WholeFile.write(folder.resolve("claims.csv"), tables.claims());
    WholeFile.write(folder.resolve("study.tex"), tables.latex());
    List<StudyFigures.Picture> pictures = new StudyFigures(cells, scores).pictures();
    pictures.forEach(p -> WholeFile.write(folder.resolve(p.file()), p.svg()));
    List<ReportPage.Panel> panels = new ArrayList<>();
    panels.add(claims(true).under("Claims"));
    if (findings.stream().anyMatch(f -> !f.contrast().claim())) {
      panels.add(claims(false).under("Other differences"));
    }
    if (!pictures.isEmpty()) {
      panels.add(
          new ReportPage.Panel(
              "pictures", "Scores over the prompts learned", new StudyFigures.Body(pictures)));
    }
    panels.add(conditions().under("Conditions"));
    LabelErrorTable errors = new LabelErrorTable(cells);
    WholeFile.write(folder.resolve(LabelErrors.FILE), errors.csv());
    errors.panel().ifPresent(panels::add);
    if (!findings.isEmpty()) {
      panels.add(spreads().under("Where differences vary"));
    }
    panels.add(cost().under("Cost"));
    panels.add(settings().under("Settings"));
    panels.add(
        new ReportPage.Panel("commands", "Commands", new Commands(commands(), COMMANDS_NOTE)));
    return ReportWriter.write(page(panels), folder, "study");
  }

  private ReportPage page(List<ReportPage.Panel> panels) {
    return new ReportPage(
        "Study of %s, by soft4j".formatted(design.values().model().name()),
        summary(),
        List.of(),
        panels);
  }

  /** What was run and how the claims stand, in a sentence or two. */
  public String summary() {
    Map<Finding.Verdict, Long> counts =
        findings.stream()
            .filter(f -> f.contrast().claim())
            .collect(Collectors.groupingBy(Finding::verdict, Collectors.counting()));
    String verdicts =
        Arrays.stream(Finding.Verdict.values())
            .filter(counts::containsKey)
            .map(v -> "%s %s".formatted(counts.get(v), v.words()))
            .collect(Collectors.joining(", "));
    int seeds = design.seeds().size();
    return "%s conditions, %s of each. %s"
        .formatted(
            cells.size(),
            seeds == 1 ? "one seed" : seeds + " seeds",
            verdicts.isEmpty()
                ? "No two conditions are such that a claim could be tested."
                : "Of the claims by each score: " + verdicts + ".");
  }

  private TablePanel claims(boolean claim) {
    List<List<String>> rows = new ArrayList<>();
    for (Finding f : findings) {
      if (f.contrast().claim() == claim) {
        rows.add(row(f));
      }
    }
    return new TablePanel(
        List.of(
            claim ? "claim" : "difference",
            "stands",
            "score",
            "difference",
            "95 % interval",
            "p (Holm)",
            "detectable"),
        3,
        rows,
        List.of(
            "Differences of conditions that are alike but for what is claimed, after their last"
                + " rounds, paired by seed and item; in points of a hundred. Interval and p speak of"
                + " other seeds and other items: analysis of variance with both as crossed random"
                + " effects, Satterthwaite's degrees of freedom. p is corrected after Holm within"
                + " each benchmark of a claim and over them; noise, from 5 % on, is not decided."
                + " Detectable is the smallest true difference that this many seeds and items find"
                + " four times in five.",
            pairs(claim) + zeros(claim)));
  }

  private TablePanel spreads() {
    List<List<String>> rows = new ArrayList<>();
    for (Finding f : findings) {
      CrossedComparison c = f.compared();
      Score score = f.score();
      rows.add(
          List.of(
              f.contrast().words(),
              score.name(),
              interval(score, "%+.1f", c.bootstrap()),
              score.text("%.1f", c.spread().seed()),
              score.text("%.1f", c.spread().item()),
              score.text("%.1f", c.spread().rest()),
              String.valueOf(c.seeds()),
              c.items() > 1 ? String.valueOf(c.items()) : ""));
    }
    return new TablePanel(
        List.of(
            "difference",
            "score",
            "95 % by bootstrap",
            "between seeds",
            "between items",
            "rest",
            "seeds",
            "items"),
        2,
        rows,
        List.of(
            "Standard deviations of a difference between seeds, for all items alike; between items,"
                + " under all seeds alike; and of a single answer besides. The bootstrap draws seeds,"
                + " and items once for all of them; with few seeds its interval is short."));
  }

  private String zeros(boolean claim) {
    boolean same =
        findings.stream()
            .filter(f -> f.contrast().claim() == claim)
            .anyMatch(f -> f.contrast().pairs().get(0).secondKept() && f.nothingMoved());
    return same
        ? " Where validation keeps the last round of every cell, no round after it was lost: the"
            + " difference is exactly 0."
        : "";
  }

  private String pairs(boolean claim) {
    return findings.stream()
        .map(Finding::contrast)
        .filter(contrast -> contrast.claim() == claim)
        .distinct()
        .map(
            c ->
                c.words()
                    + ": "
                    + c.pairs().stream()
                        .map(Contrast.Pair::words)
                        .collect(Collectors.joining("; ")))
        .collect(Collectors.joining(". ", "", "."));
  }

  static List<String> row(Finding f) {
    Score score = f.score();
    Statistics.Interval difference = f.compared().difference();
    return List.of(
        f.contrast().words(),
        stands(f),
        score.name(),
        score.text("%+.1f", difference.value()),
        interval(score, "%+.1f", difference),
        Decimals.probability(f.corrected()),
        score.text("%.1f", f.detectable()));
  }

  static String stands(Finding f) {
    if (f.contrast().claim() || f.verdict() == Finding.Verdict.UNDECIDED) {
      return f.verdict().words();
    }
    return f.verdict() == Finding.Verdict.SUPPORTED ? "higher" : "lower";
  }

  static String interval(Score score, String form, Statistics.Interval interval) {
    String low = score.text(form, interval.low());
    return low.isEmpty() ? "" : "[%s, %s]".formatted(low, score.text(form, interval.high()));
  }

  private TablePanel conditions() {
    List<String> columns = new ArrayList<>(List.of("condition", "after", "learning rate", "kept"));
    scores.forEach(score -> columns.add(score.name()));
    List<List<String>> rows = new ArrayList<>();
    Map.Entry<StudyCondition, List<FinishedCell>> first = cells.entrySet().iterator().next();
    rows.add(condition("base", "–", "", "", first.getValue(), 0));
    cells.forEach(
        (condition, of) -> {
          int last = of.stream().mapToInt(FinishedCell::lastRound).min().orElse(0);
          for (int round = 1; round <= last; round++) {
            int now = round;
            long kept = of.stream().filter(cell -> cell.kept() == now).count();
            String rate = Decimals.plain(of.get(0).cell().rate());
            rows.add(
                condition(
                    condition.name(),
                    "round " + round,
                    rate,
                    kept + " of " + of.size(),
                    of,
                    round));
          }
        });
    return new TablePanel(
        columns,
        2,
        rows,
        List.of(
            "Means with 95 % intervals over seeds and items, in points of a hundred, at the fewest"
                + " demonstrations. Kept: of how many seeds validation keeps this round; what is"
                + " missing kept the base model.%s".formatted(chance()),
            rates()));
  }

  private String chance() {
    String known =
        scores.stream()
            .filter(score -> Double.isFinite(score.chance()))
            .map(score -> score.name() + " " + score.text("%.1f", score.chance()))
            .collect(Collectors.joining(", "));
    return known.isEmpty() ? "" : " Guessing gives: " + known + ".";
  }

  private String rates() {
    if (design.rates().size() < 2) {
      return "One learning rate for all: " + Decimals.plain(design.rates().get(0)) + ".";
    }
    int seeds = design.values().study().tuningSeeds();
    return "Learning rates chosen by %s on %s tuning %s from %s: %s."
        .formatted(
            design.values().soft().validation().measure(),
            seeds,
            seeds == 1 ? "seed" : "seeds",
            design.rates().stream().map(Decimals::plain).collect(Collectors.joining(", ")),
            study.rates().entrySet().stream()
                .map(e -> e.getKey() + " " + Decimals.plain(e.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private List<String> condition(
      String name, String after, String rate, String kept, List<FinishedCell> of, int round) {
    List<String> row = new ArrayList<>(List.of(name, after, rate, kept));
    for (Score score : scores) {
      row.add(
          Finding.scores(of, round, score)
              .map(values -> CrossedComparison.of(values, CONFIDENCE, 0, 0).difference())
              .map(i -> score.text("%.1f", i.value()) + " " + interval(score, "%.1f", i))
              .map(String::strip)
              .orElse(""));
    }
    return row;
  }

  private TablePanel cost() {
    Map<String, FinishedCell.Cost> costs = new LinkedHashMap<>();
    if (!study.tuning().isEmpty()) {
      costs.put("choice of learning rates", study.tuningCost());
    }
    cells.forEach((condition, of) -> costs.put(condition.name(), sum(of)));
    FinishedCell.Cost all =
        costs.values().stream().reduce(FinishedCell.Cost.NONE, FinishedCell.Cost::plus);
    costs.put("all", all);
    List<List<String>> rows = new ArrayList<>();
    costs.forEach(
        (name, cost) ->
            rows.add(
                List.of(
                    name,
                    Decimals.text("%.2f", cost.processorHours()),
                    String.format(Locale.ROOT, "%,d", cost.written()),
                    String.format(Locale.ROOT, "%,d", cost.learned()))));
    return new TablePanel(
        List.of("condition", "processor hours", "tokens written in labels", "tokens learned"),
        1,
        rows,
        List.of(
            "Processor hours are time at work times the threads of a cell. What a cell took from"
                + " another is counted once, where it was computed."));
  }

  private static FinishedCell.Cost sum(List<FinishedCell> cells) {
    return cells.stream()
        .map(FinishedCell::cost)
        .reduce(FinishedCell.Cost.NONE, FinishedCell.Cost::plus);
  }

  private TablePanel settings() {
    Resolved<Settings> all = design.base().plan().settings().forCommand("run");
    Map<String, String> texts = all.texts();
    List<List<String>> rows = new ArrayList<>();
    all.origins()
        .forEach(
            (key, origin) -> {
              if (!origin.equals(Resolved.DEFAULT)) {
                rows.add(List.of(key, texts.getOrDefault(key, ""), origin));
              }
            });
    return new TablePanel(
        List.of("setting", "value", "origin"),
        3,
        rows,
        List.of("All other settings have their defaults; run.json of each cell holds them all."));
  }

  /** The body of the panel with the commands. */
  public record Commands(List<String> lines, String note) {}

  private static final String COMMANDS_NOTE =
      "The first makes this study, or goes on with it; the others make a cell of each condition"
          + " alone.";

  private List<String> commands() {
    List<String> lines = new ArrayList<>(List.of(study.study().command()));
    cells.values().forEach(of -> lines.add(of.get(0).cell().session().plan().command()));
    return lines;
  }

  /** The claims for a terminal, the head first. */
  public List<List<String>> lines() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of("claim", "stands", "score", "difference", "interval", "p (Holm)", "detectable"));
    findings.forEach(finding -> lines.add(row(finding)));
    return lines;
  }
}
