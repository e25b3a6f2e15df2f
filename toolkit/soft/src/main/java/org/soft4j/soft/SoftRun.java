package org.soft4j.soft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.RunFolder;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.Evaluator;
import org.soft4j.eval.Measurement;
import org.soft4j.lm.TrainableModel;

/**
 * A run of SOFT or SOFT+ in a folder: base evaluation, then per round labels, filter, training,
 * evaluation, and at the end the round that validation keeps.
 *
 * <p>A killed or cancelled run is resumed to the same bytes as an undisturbed one, timings.jsonl
 * apart: every finished file is taken as it is, every unfinished one made again from the same
 * seeds.
 */
public final class SoftRun {
  /** Written last. */
  static final String RESULT = "result.json";

  private final SoftInputs inputs;
  private final Resolved<SoftSettings> resolved;
  private final Path path;
  private final boolean resume;
  private final boolean allowChanges;

  private SoftRun(
      SoftInputs inputs,
      Resolved<SoftSettings> resolved,
      Path path,
      boolean resume,
      boolean allowChanges) {
    this.inputs = inputs;
    this.resolved = resolved;
    this.path = path;
    this.resume = resume;
    this.allowChanges = allowChanges;
  }

  /** A new run; a folder that already holds one is refused. */
  public static SoftRun start(SoftInputs inputs, SoftSettings settings, Path folder) {
    return start(inputs, Resolved.of(SoftSettings.DEFAULT, settings, "code"), folder);
  }

  /** A new run whose settings know where they came from. */
  public static SoftRun start(SoftInputs inputs, Resolved<SoftSettings> settings, Path folder) {
    return new SoftRun(inputs, settings, folder, false, false);
  }

  /**
   * Goes on with the run in the folder, or starts it where there is none.
   *
   * @param allowChanges whether other settings, inputs, device, dtype or threads than recorded are
   *     accepted, and recorded; what is finished is then kept as it is
   */
  public static SoftRun resume(
      SoftInputs inputs, Resolved<SoftSettings> settings, Path folder, boolean allowChanges) {
    return new SoftRun(inputs, settings, folder, true, allowChanges);
  }

  /**
   * Runs to the end.
   *
   * @param model stays open; it ends in the state of the kept round
   * @param evaluation measures every round
   * @param events hears of the progress
   * @param cancel once it asks to stop, a CancellationException ends the call and the folder can be
   *     resumed
   */
  public SoftResult execute(
      TrainableModel model, Evaluator evaluation, RunEvents events, Cancellation cancel) {
    Contamination.Cleaned cleaned =
        Contamination.clean(inputs, resolved.value().split().benchmarkWords());
    // Refused here, before a folder is made.
    PromptSplit.ordered(cleaned.inputs().prompts(), resolved.value().effectiveRounds());
    TrainStage.refuseForgetting(resolved.value());
    resolved
        .value()
        .demonstrations()
        .refuseSmaller(cleaned.inputs().pool(), cleaned.inputs().prompts());
    try (RunFolder folder = RunFolder.open(path, FolderKind.RUN)) {
      RunEvents heard = new TimedEvents(folder, events);
      announce(cleaned, folder, model, heard);
      RunContext run =
          new RunContext(
              folder,
              cleaned.inputs(),
              resolved.value(),
              model,
              evaluation,
              heard,
              cancel,
              new RunContext.ModelState());
      return rounds(run);
    }
  }

  private void announce(
      Contamination.Cleaned cleaned, RunFolder folder, TrainableModel model, RunEvents events) {
    model.useBase();
    RunRecord.establish(folder, resolved, cleaned, model, resume, allowChanges)
        .forEach(change -> events.note("resumed with a change: " + change));
    if (cleaned.any()) {
      events.note(cleaned.summary());
    }
    folder.write("pool.csv", RunFiles.pool(cleaned.inputs().pool()));
  }

  private static SoftResult rounds(RunContext run) {
    MeasureStage measures = new MeasureStage(run);
    RoundPlan plan = new RoundPlan(run);
    List<List<Measurement>> done = new ArrayList<>();
    List<Label> accumulated = new ArrayList<>();
    done.add(measures.finished(0).orElseGet(() -> measures.measure(0, List.of())));
    writeMetrics(run, done);
    KeptRound kept = KeptRound.judge(done, run.settings().validation());
    for (int t = 1; t <= run.settings().effectiveRounds() && !kept.stoppedEarly(); t++) {
      run.cancel().check();
      done.add(round(run, plan, measures, accumulated, t));
      writeMetrics(run, done);
      kept = KeptRound.judge(done, run.settings().validation());
    }
    Optional<KeptEvidence> evidence = KeptEvidence.of(run, done, kept);
    run.folder().write(RESULT, Json.pretty(told(kept, evidence)));
    run.position(kept.keptRound());
    return result(run, kept, evidence, done);
  }

  private static List<Measurement> round(
      RunContext run, RoundPlan plan, MeasureStage measures, List<Label> accumulated, int t) {
    List<Prompt> part = plan.next();
    LabelFilters.Result labels = new LabelStage(run).label(part, t, plan.demonstrationRound(t));
    accumulated.addAll(labels.kept());
    Optional<List<Measurement>> finished = measures.finished(t);
    if (finished.isPresent()) {
      return finished.get();
    }
    boolean all = run.settings().round().labels() == RoundSettings.Labels.ACCUMULATED;
    new TrainStage(run).train(all ? List.copyOf(accumulated) : labels.kept(), t);
    return measures.measure(
        t,
        CollapseMeasures.of(
            LabelStage.all(labels),
            labels.kept().size(),
            run.inputs().pool(),
            t,
            run.settings().demonstrations().shots()));
  }

  private static void writeMetrics(RunContext run, List<List<Measurement>> rounds) {
    run.folder()
        .write("metrics.csv", RunFiles.metrics(rounds.stream().flatMap(List::stream).toList()));
  }

  private static ObjectNode told(KeptRound kept, Optional<KeptEvidence> evidence) {
    ObjectNode result = Json.mapper().valueToTree(kept);
    evidence.ifPresent(
        e -> {
          result.set("validation", Json.mapper().valueToTree(e));
          result.set("evidence", Json.mapper().valueToTree(e.lines()));
        });
    return result;
  }

  private static SoftResult result(
      RunContext run,
      KeptRound kept,
      Optional<KeptEvidence> evidence,
      List<List<Measurement>> rounds) {
    return new SoftResult(
        run.folder().root(),
        kept.keptRound(),
        kept.keptRound() == 0 ? Optional.empty() : Optional.of(run.trained(kept.keptRound())),
        kept.rounds(),
        kept.stoppedEarly(),
        kept.reason(),
        evidence,
        rounds.stream().flatMap(List::stream).toList());
  }
}
