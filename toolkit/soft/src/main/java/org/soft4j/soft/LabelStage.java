package org.soft4j.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Prompt;

/**
 * Writes and filters a round's labels, and counts their errors: labels.jsonl, dropped.jsonl and
 * label_errors.csv.
 */
final class LabelStage {
  private static final String WRITTEN = "written.jsonl";

  private final RunContext run;

  LabelStage(RunContext run) {
    this.run = run;
  }

  /** The labels of a round; the model must stand where the round before left it. */
  LabelFilters.Result label(List<Prompt> part, int round, int demonstrationRound) {
    String labels = RunFiles.round(round, "labels.jsonl");
    String dropped = RunFiles.round(round, "dropped.jsonl");
    if (!run.folder().has(labels)) {
      run.position(round - 1);
      LabelFilters.Result result = filtered(written(part, round, demonstrationRound));
      LabelErrors errors = LabelErrors.count(result, run.inputs().pool(), run.inputs().known());
      // Before the labels, by which the stage is known for finished.
      run.folder().write(RunFiles.round(round, LabelErrors.FILE), errors.csv());
      run.folder().write(dropped, Json.lines(result.dropped()));
      run.folder().write(labels, Json.lines(result.kept()));
      run.events().note(summary(round, result));
      warning(result)
          .ifPresent(w -> run.events().note("warning: round %s: %s".formatted(round, w.text())));
    }
    run.folder().delete(RunFiles.round(round, WRITTEN));
    LabelFilters.Result result =
        new LabelFilters.Result(
            Json.readLines(run.folder().read(labels), Label.class, labels),
            Json.readLines(run.folder().read(dropped), DroppedLabel.class, dropped));
    warning(result)
        .ifPresent(
            w -> RunRecord.addCaveat(run.folder(), "round %s: %s".formatted(round, w.text())));
    return result;
  }

  private Optional<DropWarning> warning(LabelFilters.Result result) {
    return DropWarning.of(
        result.kept().size(), result.counts(), run.settings(), run.inputs().template().name());
  }

  private List<Label> written(List<Prompt> part, int round, int demonstrationRound) {
    return run.chunked(
        "label",
        round,
        WRITTEN,
        Label.class,
        run.settings().labelling().chunk(),
        part,
        (chunks, sink, cancel) ->
            run.labeller().label(run.model(), chunks, round, demonstrationRound, sink, cancel));
  }

  private LabelFilters.Result filtered(List<Label> written) {
    LabelFilters.Result result =
        new LabelFilters(run.settings().filters(), run.inputs().pool()).apply(written);
    if (result.kept().isEmpty()) {
      throw new UserError(
          "All " + written.size() + " labels were dropped: " + result.counts() + ".",
          warning(result)
              .map(w -> "Probably " + w.cause() + ".")
              .orElse(
                  "Raise labelling.max_new_tokens if they are unfinished, or switch filters off"
                      + " with --set filters.NAME=false."));
    }
    return result;
  }

  /** All labels of a round as written, kept and dropped. */
  static List<Label> all(LabelFilters.Result result) {
    List<Label> all = new ArrayList<>(result.kept());
    result.dropped().forEach(d -> all.add(d.label()));
    return all;
  }

  private static String summary(int round, LabelFilters.Result result) {
    int dropped = result.dropped().size();
    String reasons = dropped == 0 ? "" : " " + result.counts();
    return "round %s: %s labels kept, %s dropped%s"
        .formatted(round, result.kept().size(), dropped, reasons);
  }
}
