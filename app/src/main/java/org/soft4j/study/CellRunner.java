package org.soft4j.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FileFault;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.datasets.micro.MicroSets;
import org.soft4j.datasets.micro.MicroTruth;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.Evaluator;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;
import org.soft4j.lm.TrainableModel;
import org.soft4j.run.RunData;
import org.soft4j.settings.EvalSettings;
import org.soft4j.settings.Settings;
import org.soft4j.soft.IclPool;
import org.soft4j.soft.Label;
import org.soft4j.soft.LabelAccuracy;
import org.soft4j.soft.LabelErrors;
import org.soft4j.soft.RunEvents;
import org.soft4j.soft.SoftInputs;
import org.soft4j.soft.SoftRun;
import org.soft4j.soft.SoftSettings;

/** Runs single cells on one opened model of one world, lightly: zero-shot scores, no report. */
final class CellRunner {
  static final String TUNE = "tune";
  static final String TEST = "test";

  private static final Resolved<Settings> PRESET = Settings.preset("micro");

  private final int world;
  private final TrainableModel model;
  private final EvalSettings measured;
  private final Path scratch;
  private final Cancellation cancel;
  private final MicroWorld facts;
  private final Map<String, List<Task>> tasks = new LinkedHashMap<>();

  /**
   * A runner on a model, which stays the caller's.
   *
   * @param scratch folder for what a cell needs while it runs
   */
  CellRunner(
      int world, TrainableModel model, EvalSettings measured, Path scratch, Cancellation cancel) {
    this.world = world;
    this.model = model;
    this.measured = measured;
    this.scratch = scratch;
    this.cancel = cancel;
    this.facts = new MicroWorld(world);
    tasks.put(TEST, tasks("test", PRESET.value().data().tasks()));
    tasks.put(TUNE, tasks("validation", List.of("micro_truth")));
  }

  /**
   * The cell of a key.
   *
   * @param shots of the base model
   */
  CellErrors.Made run(Cell.Key key, List<Integer> shots) {
    return key.condition().equals(Condition.BASE)
        ? new CellErrors.Made(base(key.seed(), shots), List.of())
        : run(Condition.named(key.condition()), key.seed(), key.learningRate(), key.purpose());
  }

  /** The base model at the given numbers of demonstrations. */
  Cell base(long seed, List<Integer> shots) {
    model.useBase();
    List<Cell.Scores> scores = new ArrayList<>();
    for (int k : shots) {
      List<Measurement> rows = inScratch(folder -> evaluate(TEST, seed, k, 0, folder));
      scores.add(new Cell.Scores(k, values(rows)));
    }
    return new Cell(world, Condition.BASE, seed, 0, TEST, scores);
  }

  /** A condition from the base model through all its rounds. */
  CellErrors.Made run(Condition condition, long seed, double learningRate, String purpose) {
    Resolved<Settings> whole =
        PRESET
            .with(condition.settings(), "study")
            .with(
                Map.of(
                    "seed", String.valueOf(seed),
                    "training.learning_rate", String.valueOf(learningRate),
                    "validation.early_stop", "false"),
                "study");
    Resolved<SoftSettings> settings = whole.part(Settings::soft);
    TreeMap<Integer, Map<String, Double>> byRound = new TreeMap<>();
    List<CellErrors.Round> errors = new ArrayList<>();
    inScratch(
        folder -> {
          SoftRun.start(inputs(seed), settings, folder.resolve("run"))
              .execute(model, hook(purpose, seed, settings, byRound), RunEvents.NONE, cancel);
          for (int round : byRound.keySet()) {
            LabelErrors.read(folder.resolve("run"), round)
                .ifPresent(table -> errors.add(new CellErrors.Round(round, table)));
          }
          return List.of();
        });
    List<Cell.Scores> rounds = new ArrayList<>();
    byRound.forEach((round, values) -> rounds.add(new Cell.Scores(round, values)));
    return new CellErrors.Made(
        new Cell(world, condition.name(), seed, learningRate, purpose, rounds), errors);
  }

  private Evaluator hook(
      String purpose,
      long seed,
      Resolved<SoftSettings> settings,
      Map<Integer, Map<String, Double>> byRound) {
    MicroTruth truth = new MicroTruth(facts);
    int shots = settings.value().demonstrations().shots();
    boolean tuning = purpose.equals(TUNE);
    int last = settings.value().effectiveRounds();
    return (now, round, folder, cancelled) -> {
      if (round == 0 || (tuning && round < last)) {
        return List.of();
      }
      List<Measurement> rows = new ArrayList<>(evaluate(purpose, seed, 0, round, folder));
      Path labels = folder.resolveSibling("labels.jsonl");
      List<Label> written = Json.readLines(labels, Label.class);
      rows.addAll(LabelAccuracy.measure("micro_labels", round, shots, written, truth::right));
      byRound.put(round, values(rows));
      return rows;
    };
  }

  private List<Measurement> evaluate(String purpose, long seed, int shots, int round, Path folder) {
    EvaluationSettings how = measured.at(List.of(shots), Map.of(), seed);
    return new TaskEvaluation(
            tasks.get(purpose),
            how,
            new MicroSets(facts, seed).pool(),
            ContextForm.of(ContextTemplate.MICRO),
            TaskEvaluation.Listener.SILENT)
        .evaluate(model, round, folder, cancel);
  }

  private SoftInputs inputs(long seed) {
    MicroSets sets = new MicroSets(facts, seed);
    List<String> texts =
        tasks.values().stream()
            .flatMap(List::stream)
            .flatMap(task -> task.questions().stream())
            .toList();
    return new SoftInputs(
            sets.prompts(),
            IclPool.of(sets.pool()),
            ContextTemplate.MICRO,
            List.of(),
            texts,
            Map.of("study", "micro"))
        .knowing(RunData.known(facts));
  }

  private List<Task> tasks(String part, List<String> names) {
    TaskOptions options =
        new TaskOptions(
            Optional.empty(), Map.of("micro.world", String.valueOf(world), "micro.part", part));
    return names.stream().map(name -> Tasks.standard().open(name, options)).toList();
  }

  private static Map<String, Double> values(List<Measurement> rows) {
    Map<String, Double> values = new TreeMap<>();
    rows.forEach(m -> values.put(m.benchmark() + " " + m.metric(), m.value()));
    return values;
  }

  private interface Work {
    List<Measurement> in(Path folder);
  }

  private List<Measurement> inScratch(Work work) {
    Path folder = newScratch();
    try {
      return work.in(folder);
    } finally {
      delete(folder);
    }
  }

  private Path newScratch() {
    try {
      return Files.createTempDirectory(Files.createDirectories(scratch), "cell");
    } catch (IOException failure) {
      throw FileFault.of(scratch, failure);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
