package org.soft4j.run;

import java.util.function.Consumer;
import org.soft4j.core.Progress;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.soft.RunEvents;

/** Shows a run's stages as steps of a progress; benchmarks advance the step of their round. */
final class RunProgress implements RunEvents, TaskEvaluation.Listener {
  private final Progress progress;
  private final Consumer<String> notes;
  private final int itemsPerRound;

  private Progress.Step step = done -> {};
  private Progress.Reached reached = new Progress.Reached(step);

  /**
   * Follows a run.
   *
   * @param itemsPerRound benchmark items of a round, over all numbers of shots
   * @param notes hears of what is worth a line
   */
  RunProgress(Progress progress, int itemsPerRound, Consumer<String> notes) {
    this.progress = progress;
    this.itemsPerRound = itemsPerRound;
    this.notes = notes;
  }

  /** For steps inside a stage: the first of them ends the stage's own. */
  Progress next() {
    return new Progress() {
      @Override
      public Step start(String what, long total, String unit) {
        step.close();
        step = done -> {};
        return progress.start(what, total, unit);
      }

      @Override
      public void say(String line) {
        progress.say(line);
      }
    };
  }

  @Override
  public void started(String stage, int round, long total, long done) {
    boolean evaluation = stage.equals("evaluate");
    long left = evaluation ? itemsPerRound : Math.max(0, total);
    step = progress.start(name(stage, round), left, unit(stage));
    reached = new Progress.Reached(step);
    if (!evaluation && done > 0) {
      step.already(done);
    }
  }

  @Override
  public void advanced(String stage, int round, long by) {
    if (!stage.equals("evaluate")) {
      step.advance(by);
    }
  }

  @Override
  public void progress(int done, int items) {
    reached.at(done);
  }

  @Override
  public void finished(String stage, int round) {
    step.close();
    step = done -> {};
  }

  @Override
  public void note(String line) {
    notes.accept(line);
  }

  private static String name(String stage, int round) {
    String what =
        switch (stage) {
          case "evaluate" -> "measuring";
          case "validate" -> "validating";
          case "difficulty" -> "finding difficulty";
          case "label" -> "labelling";
          case "train" -> "training";
          default -> stage;
        };
    return what + (round == 0 ? ", base" : ", round " + round);
  }

  private static String unit(String stage) {
    return switch (stage) {
      case "evaluate", "validate" -> "items";
      case "train" -> "steps";
      default -> "prompts";
    };
  }
}
