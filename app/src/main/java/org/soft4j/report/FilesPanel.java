package org.soft4j.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Links to the files of a run or an evaluation, and what is in them. */
public final class FilesPanel {
  private static final List<List<String>> KNOWN =
      List.of(
          List.of("run.json", "settings with their origins, inputs, model, versions"),
          List.of("eval.json", "settings, model, versions"),
          List.of("result.json", "which round was kept, and why"),
          List.of("metrics.csv", "every measurement"),
          List.of("timings.jsonl", "when each stage began and how long it took"),
          List.of("splits.csv", "which prompts each round had"),
          List.of("pool.csv", "the demonstrations"),
          List.of("tasks", "benchmarks: cards, items, prompts word for word"),
          List.of("judge", "what a judge said"),
          List.of("lm-eval", "results and samples as lm-evaluation-harness writes them"));
  private static final List<List<String>> OF_A_ROUND =
      List.of(
          List.of("labels.jsonl", "labels"),
          List.of("dropped.jsonl", "dropped labels"),
          List.of("label_errors.csv", "errors of the labels"),
          List.of("curriculum.csv", "order of the prompts"),
          List.of("training.csv", "losses"),
          List.of("adapter", "adapter, in PEFT's layout"),
          List.of("model", "model"),
          List.of("eval", "samples"),
          List.of("judge", "judgements"),
          List.of("validation.csv", "validation"),
          List.of("metrics.csv", "measurements"));

  private FilesPanel() {}

  /** The body. */
  public record Body(List<Row> rows) {}

  /** A file or folder of the run, or of one of its rounds, with its address. */
  public record Row(String what, List<ReportPage.Fact> links) {}

  static Optional<ReportPage.Panel> of(RunReader files, Path into) {
    List<Row> rows = new ArrayList<>();
    for (List<String> known : KNOWN) {
      Path file = files.folder().resolve(known.get(0));
      if (Files.exists(file)) {
        rows.add(
            new Row(
                known.get(1), List.of(new ReportPage.Fact(known.get(0), Links.from(into, file)))));
      }
    }
    for (int round = 0; Files.isDirectory(files.folder().resolve("round-" + round)); round++) {
      Path folder = files.folder().resolve("round-" + round);
      rows.add(
          new Row(
              files.who(round),
              OF_A_ROUND.stream()
                  .filter(known -> Files.exists(folder.resolve(known.get(0))))
                  .map(
                      known ->
                          new ReportPage.Fact(
                              known.get(1), Links.from(into, folder.resolve(known.get(0)))))
                  .toList()));
    }
    rows.addAll(samples(files, into).stream().toList());
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReportPage.Panel("files", "Files", new Body(rows)));
  }

  private static Optional<Row> samples(RunReader files, Path into) {
    if (!files.evaluation()) {
      return Optional.empty();
    }
    String[] names = files.folder().toFile().list();
    List<ReportPage.Fact> links =
        Stream.of(names == null ? new String[0] : names)
            .filter(name -> name.endsWith("shot.jsonl"))
            .sorted()
            .map(name -> new ReportPage.Fact(name, Links.from(into, files.folder().resolve(name))))
            .toList();
    return links.isEmpty() ? Optional.empty() : Optional.of(new Row("samples", links));
  }
}
