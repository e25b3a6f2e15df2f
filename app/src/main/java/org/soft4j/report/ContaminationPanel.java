package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What was left out for overlap with what is measured, from left_out in run.json. */
public final class ContaminationPanel {
  private static final List<String> SOURCES = List.of("prompts", "pool", "validation");

  private ContaminationPanel() {}

  /**
   * The body.
   *
   * @param words length of a run of words that counts as overlap
   * @param benchmarks columns; {@code validation} stands for the held-out prompts
   * @param rows a source each
   */
  public record Body(String words, List<String> benchmarks, List<Row> rows) {}

  /**
   * One source.
   *
   * @param source prompts, pool or validation
   * @param file where its rows came from
   * @param leftOut rows left out
   * @param kept rows that remain; empty where it is not recorded
   * @param counts rows that overlap with each benchmark; a row may count for several
   */
  public record Row(String source, String file, String leftOut, String kept, List<String> counts) {}

  static Optional<ReportPage.Panel> of(RunReader files) {
    JsonNode run = files.description();
    JsonNode leftOut = run.path("left_out");
    if (leftOut.isMissingNode()) {
      return Optional.empty();
    }
    TreeSet<String> names = new TreeSet<>();
    leftOut.path("counts").forEach(source -> source.fieldNames().forEachRemaining(names::add));
    List<String> benchmarks = List.copyOf(names);
    List<Row> rows = new ArrayList<>();
    for (String source : SOURCES) {
      JsonNode ids = leftOut.path(source);
      if (!ids.isMissingNode()) {
        rows.add(
            new Row(
                source,
                run.path("sources").path(source).asText(),
                ids.isArray() ? String.valueOf(ids.size()) : ids.asText(),
                run.path("inputs").path(source).path("rows").asText(),
                benchmarks.stream()
                    .map(name -> leftOut.path("counts").path(source).path(name).asText())
                    .toList()));
      }
    }
    String words = run.path("settings").path("split").path("benchmark_words").asText("8");
    return Optional.of(
        new ReportPage.Panel(
            "contamination", "Left out before the first round", new Body(words, benchmarks, rows)));
  }
}
