package org.soft4j.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.soft4j.core.AppendLog;
import org.soft4j.core.DrawSeed;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.outside.OutsideTraining;
import org.soft4j.lm.outside.ReturnedAdapter;
import org.soft4j.lm.outside.TrainerCommand;

/** Trains a round on labels without header and demonstrations: adapter/ or model/, training.csv. */
final class TrainStage {
  /** Of a round that a command has trained: what its adapter is, and all that it printed. */
  static final String OUTSIDE = "outside.json";

  private static final String OUTSIDE_LOG = "training.log";

  private final RunContext run;

  TrainStage(RunContext run) {
    this.run = run;
  }

  /** Makes the adapter or the model of a round where it is not finished. */
  void train(List<Label> labels, int round) {
    String table = RunFiles.round(round, "training.csv");
    String log = RunFiles.round(round, "training.unfinished.jsonl");
    if (!run.folder().has(table) && run.settings().training().outside().isPresent()) {
      outside(run.settings().training().outside().get(), labels, round);
      run.folder().write(table, RunFiles.training(round, List.of()));
    } else if (!run.folder().has(table)) {
      TreeMap<Integer, TrainingStep> steps = read(log);
      if (!complete(steps, round)) {
        run.folder().delete(run.trainedName(round));
        steps = attempt(labels, round, log, steps);
      }
      run.folder().write(table, RunFiles.training(round, List.copyOf(steps.values())));
    }
    run.folder().delete(log);
    run.folder().delete(RunFiles.round(round, "checkpoint"));
  }

  /** A trainer outside tells of no steps. */
  private void outside(TrainerCommand command, List<Label> labels, int round) {
    List<TrainingExample> examples = examples(labels);
    start(round);
    OutsideTraining training =
        new OutsideTraining(command, run.folder().path(RunFiles.round(round, OUTSIDE_LOG)));
    run.events().started("train", round, -1, 0);
    ReturnedAdapter returned =
        run.folder().has(run.trainedName(round))
            ? training.look(run.model(), run.trained(round), examples.size())
            : training.train(
                run.model(), examples, output(round), run.events()::note, run.cancel());
    String told = "round %s: %s".formatted(round, returned.text());
    run.events().note(told);
    RunRecord.addCaveat(run.folder(), told);
    run.folder().write(RunFiles.round(round, OUTSIDE), Json.pretty(returned));
    run.events().finished("train", round);
  }

  private void start(int round) {
    boolean base = run.settings().round().start() == RoundSettings.Start.BASE;
    run.position(base ? 0 : round - 1);
  }

  /** Refuses a command that would lose what the rounds before have learned. */
  static void refuseForgetting(SoftSettings settings) {
    boolean going =
        settings.effectiveRounds() > 1 && settings.round().start() == RoundSettings.Start.PREVIOUS;
    settings
        .training()
        .outside()
        .filter(command -> going && !command.takes(TrainerCommand.PREVIOUS))
        .ifPresent(
            command -> {
              throw new UserError(
                  "training.command has no {previous}, so that each of the %s rounds would begin with"
                          .formatted(settings.effectiveRounds())
                      + " the base model.",
                  "Give the trainer {previous} (the adapter of the round before, empty in the first),"
                      + " or say --set round.start=base.");
            });
  }

  private TreeMap<Integer, TrainingStep> attempt(
      List<Label> labels, int round, String log, TreeMap<Integer, TrainingStep> known) {
    List<TrainingExample> examples = examples(labels);
    Work work = work(examples, round);
    tellCut(examples, work.settings(), round);
    int total = steps(work.examples().size(), work.settings());
    run.events().started("train", round, total, known.size());
    start(round);
    boolean resumed = run.folder().has(RunFiles.round(round, "checkpoint"));
    TreeMap<Integer, TrainingStep> heard = new TreeMap<>(known);
    AppendLog steps = AppendLog.open(run.folder().path(log));
    run.model()
        .train(
            work.examples(),
            work.settings(),
            output(round),
            (index, step) -> {
              heard.put(index, step);
              steps.add(Json.line(step));
              run.events().advanced("train", round, 1);
            },
            run.cancel());
    if (resumed && !gapless(heard)) {
      // Steps before the checkpoint were never heard of: the log was lost, so the training is too.
      run.folder().delete(run.trainedName(round));
      run.folder().delete(RunFiles.round(round, "checkpoint"));
      run.folder().delete(log);
      return attempt(labels, round, log, new TreeMap<>());
    }
    run.events().finished("train", round);
    return heard;
  }

  private void tellCut(List<TrainingExample> examples, TrainingSettings settings, int round) {
    CutExamples cut = CutExamples.of(run.model(), examples, settings);
    if (cut.any()) {
      run.folder().write(RunFiles.round(round, RunFiles.CUT), Json.pretty(cut));
      run.events().note("round %s: %s".formatted(round, cut.text()));
    }
  }

  private static boolean gapless(TreeMap<Integer, TrainingStep> steps) {
    return !steps.isEmpty() && steps.size() == steps.lastKey() + 1;
  }

  private TrainingOutput output(int round) {
    return new TrainingOutput(
        run.trained(round), run.folder().path(RunFiles.round(round, "checkpoint")));
  }

  private List<TrainingExample> examples(List<Label> labels) {
    PromptTemplate template = run.inputs().template();
    return labels.stream()
        .map(label -> template.example(label.prompt(), label.response()))
        .toList();
  }

  private record Work(List<TrainingExample> examples, TrainingSettings settings) {}

  private Work work(List<TrainingExample> examples, int round) {
    SoftSettings settings = run.settings();
    long seed = DrawSeed.of(settings.seed(), "train", round, "");
    boolean shuffle = !settings.sortedWithinRounds();
    if (settings.method() != Method.SINGLE) {
      return new Work(
          examples,
          settings.training().settings(settings.training().epochs(), seed).withShuffle(shuffle));
    }
    int steps = singleSteps(examples.size(), settings.rounds(), settings.training());
    return new Work(
        repeated(examples, steps * settings.training().batchSize(), shuffle, seed),
        settings.training().settings(1, seed));
  }

  /** Optimizer steps that the same examples get in T rounds: each round rounds up by itself. */
  static int singleSteps(int examples, int rounds, TrainingOptions training) {
    int steps = 0;
    for (int t = 0; t < rounds; t++) {
      long part = (long) examples * (t + 1) / rounds - (long) examples * t / rounds;
      steps += training.epochs() * batches((int) part, training.batchSize());
    }
    return steps;
  }

  // One long epoch made of passes, since whole epochs give another number of steps.
  private static List<TrainingExample> repeated(
      List<TrainingExample> examples, int length, boolean shuffle, long seed) {
    List<TrainingExample> repeated = new ArrayList<>();
    for (int pass = 0; repeated.size() < length; pass++) {
      repeated.addAll(shuffle ? PromptSplit.shuffled(examples, seed + pass) : examples);
    }
    return List.copyOf(repeated.subList(0, length));
  }

  private static int steps(int examples, TrainingSettings settings) {
    return settings.epochs() * batches(examples, settings.batchSize());
  }

  private static int batches(int examples, int batchSize) {
    return (examples + batchSize - 1) / batchSize;
  }

  private boolean complete(TreeMap<Integer, TrainingStep> steps, int round) {
    return run.folder().has(run.trainedName(round))
        && !steps.isEmpty()
        && steps.size() == steps.lastEntry().getValue().steps();
  }

  private TreeMap<Integer, TrainingStep> read(String log) {
    TreeMap<Integer, TrainingStep> steps = new TreeMap<>();
    // A cut line's step is before no checkpoint and comes again.
    String whole = String.join("\n", AppendLog.open(run.folder().path(log)).found());
    Json.readLines(whole, TrainingStep.class, log).forEach(s -> steps.put(s.step(), s));
    return steps;
  }
}
