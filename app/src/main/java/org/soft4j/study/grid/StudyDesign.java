package org.soft4j.study.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.soft4j.core.Resolved;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.Settings;
import org.soft4j.soft.ValidationSettings;
import org.soft4j.table.Decimals;

/**
 * What a study is made of: conditions, seeds, and the learning rates of which each method has the
 * one that validation chooses on other seeds.
 */
public final class StudyDesign {
  static final String RATE = "training.learning_rate";
  private static final String STOP = "validation.early_stop";
  private static final String THREADS = "model.threads";
  private static final long FIRST_TUNING_SEED = 100;

  private final SoftSession base;
  private final List<StudyCondition> conditions;

  private StudyDesign(SoftSession base, List<StudyCondition> conditions) {
    this.base = base;
    this.conditions = List.copyOf(conditions);
  }

  /** What conditions begin with, which takes settings of a study besides those of a run. */
  public static SoftSession begin(SoftSession session) {
    return session.with(session.plan().settings().forCommand("study", "run"));
  }

  /**
   * A study.
   *
   * @param session what all conditions begin with, as {@link #begin} has it; its settings of a
   *     study say how large it is
   * @param vary in which settings conditions differ
   * @param more conditions by name, each with its settings
   */
  public static StudyDesign of(
      SoftSession session, List<Vary> vary, Map<String, Map<String, String>> more) {
    Resolved<Settings> given = session.plan().settings();
    // All rounds are measured, so that it is seen what an early stop would have spared.
    Map<String, String> values = new LinkedHashMap<>();
    unasked(given, STOP, "false", values);
    // One thread each: what is computed does not depend on how many cells are at work.
    unasked(given, THREADS, "1", values);
    SoftSession base = session.with(given.with(values, "study"));
    return new StudyDesign(
        base,
        StudyCondition.all(base.plan().settings(), given.value().study().methods(), vary, more));
  }

  private static void unasked(
      Resolved<Settings> given, String key, String value, Map<String, String> into) {
    String origin = given.origins().getOrDefault(key, Resolved.DEFAULT);
    if (origin.equals(Resolved.DEFAULT) || origin.startsWith("preset ")) {
      into.put(key, value);
    }
  }

  /** What all conditions begin with. */
  public SoftSession base() {
    return base;
  }

  /** In the order in which they were named. */
  public List<StudyCondition> conditions() {
    return conditions;
  }

  /** The seeds that are reported. */
  public List<Long> seeds() {
    long first = values().soft().seed();
    return LongStream.range(first, first + values().study().seeds()).boxed().toList();
  }

  /** The methods of all conditions. */
  List<String> methods() {
    return conditions.stream().map(StudyCondition::method).distinct().toList();
  }

  /** The learning rates to choose from; one alone is no choice. */
  public List<Double> rates() {
    List<Double> named = values().study().learningRates();
    double rate = values().soft().training().learningRate();
    return named.isEmpty() ? List.of(rate / 2, rate, 2 * rate) : named;
  }

  /** Cells that choose the learning rates; none where there is one rate. */
  List<StudyCell> tuning() {
    List<StudyCell> cells = new ArrayList<>();
    if (rates().size() > 1) {
      for (String method : methods()) {
        for (long seed : tuningSeeds()) {
          rates().forEach(rate -> cells.add(tuning(method, rate, seed)));
        }
      }
    }
    return cells;
  }

  private List<Long> tuningSeeds() {
    return LongStream.range(0, values().study().tuningSeeds())
        .mapToObj(k -> FIRST_TUNING_SEED + k)
        .toList();
  }

  /** Nothing is measured but what decides. */
  private StudyCell tuning(String method, double rate, long seed) {
    String measure = values().soft().validation().measure();
    String task =
        measure.equals(ValidationSettings.LOG_PROBABILITY) ? "" : measure.split(":", 2)[0];
    StudyCondition plain = new StudyCondition(method, Map.of(StudyCondition.METHOD, method));
    Resolved<Settings> settings =
        plain
            .over(base.plan().settings())
            .with(
                Map.of(
                    RATE, String.valueOf(rate), "seed", String.valueOf(seed), "data.tasks", task),
                "study: a learning rate is tried");
    String folder =
        "tuning/%s/rate-%s/seed-%s".formatted(plain.folder(), Decimals.plain(rate), seed);
    return cell(folder, plain, seed, rate, settings);
  }

  /**
   * Cells that are reported, seed by seed, so that a study that was stopped holds whole seeds.
   *
   * @param chosen learning rate of each method
   */
  List<StudyCell> cells(Map<String, Double> chosen) {
    List<StudyCell> cells = new ArrayList<>();
    for (long seed : seeds()) {
      conditions.forEach(c -> cells.add(cell(c, seed, chosen.get(c.method()))));
    }
    return cells;
  }

  private StudyCell cell(StudyCondition condition, long seed, double rate) {
    Resolved<Settings> settings =
        base.plan()
            .settings()
            .with(Map.of(RATE, String.valueOf(rate)), "study: chosen for " + condition.method());
    settings =
        condition.over(settings).with(Map.of("seed", String.valueOf(seed)), "study: a seed of it");
    double used = settings.value().soft().training().learningRate();
    String folder = "cells/%s/seed-%s".formatted(condition.folder(), seed);
    return cell(folder, condition, seed, used, settings);
  }

  private StudyCell cell(
      String folder,
      StudyCondition condition,
      long seed,
      double rate,
      Resolved<Settings> settings) {
    Resolved<Settings> ofRun = settings.forCommand("run");
    SoftSession session = base.with(ofRun).command(command(ofRun));
    return new StudyCell(folder, condition, seed, rate, session);
  }

  /** The command that makes the same run. */
  private String command(Resolved<Settings> settings) {
    return command("run", base.plan().name(), settings);
  }

  /**
   * The command that makes the same study.
   *
   * @param session what all conditions begin with, as {@link #begin} has it
   */
  public static String command(SoftSession session, List<Vary> vary) {
    return command("study", session.plan().name(), session.plan().settings())
        + vary.stream()
            .map(
                one ->
                    " --vary "
                        + quoted(
                            one.key()
                                + "="
                                + one.values().stream()
                                    .map(Vary.Value::text)
                                    .collect(Collectors.joining(","))))
            .collect(Collectors.joining());
  }

  private static String command(String name, String preset, Resolved<Settings> settings) {
    Map<String, String> plain = Settings.preset(preset).texts();
    return settings.texts().entrySet().stream()
        .filter(entry -> settings.knows(entry.getKey()))
        .filter(entry -> !entry.getValue().equals(plain.get(entry.getKey())))
        .map(entry -> " --set " + quoted(entry.getKey() + "=" + entry.getValue()))
        .collect(Collectors.joining("", "./soft4j " + name + " " + preset, ""));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:+=,@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Keys in which conditions differ, but for the learning rate. */
  public List<String> keys() {
    TreeSet<String> keys = new TreeSet<>();
    conditions.forEach(condition -> keys.addAll(condition.settings().keySet()));
    keys.remove(RATE);
    return List.copyOf(keys);
  }

  /** What a condition has of each of these keys. */
  public Map<String, String> facts(StudyCondition condition) {
    Map<String, String> texts = condition.over(base.plan().settings()).texts();
    Map<String, String> facts = new LinkedHashMap<>();
    keys().forEach(key -> facts.put(key, texts.getOrDefault(key, "")));
    return facts;
  }

  /** The values of a condition. */
  public Settings values(StudyCondition condition) {
    return condition.over(base.plan().settings()).value();
  }

  /** The values that all conditions begin with. */
  public Settings values() {
    return base.plan().values();
  }

  /** Sessions that stand for all cells, one a condition, where only their size counts. */
  public List<SoftSession> sizes() {
    long seed = seeds().get(0);
    double rate = rates().get(0);
    return conditions.stream().map(c -> cell(c, seed, rate).session()).toList();
  }

  /** The same for the cells that choose learning rates, one a method; none where there are none. */
  public List<SoftSession> tuningSizes() {
    return rates().size() < 2
        ? List.of()
        : methods().stream()
            .map(m -> tuning(m, rates().get(0), FIRST_TUNING_SEED).session())
            .toList();
  }
}
