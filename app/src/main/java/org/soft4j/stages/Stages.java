package org.soft4j.stages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.Chunks;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.Provenance;
import org.soft4j.core.RunFolder;
import org.soft4j.core.Sha256;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Prompt;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.WholeFolder;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.outside.OutsideTraining;
import org.soft4j.lm.outside.ReturnedAdapter;
import org.soft4j.lm.outside.TrainerCommand;
import org.soft4j.run.ChosenTemplate;
import org.soft4j.run.RunData;
import org.soft4j.settings.Settings;
import org.soft4j.soft.CutExamples;
import org.soft4j.soft.DropWarning;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.IclPool;
import org.soft4j.soft.KnownAnswers;
import org.soft4j.soft.Label;
import org.soft4j.soft.LabelErrors;
import org.soft4j.soft.LabelFilters;
import org.soft4j.soft.Labeller;
import org.soft4j.soft.SoftSettings;
import org.soft4j.soft.TrainingOptions;

/** The stages of a round alone, from files to files. */
public final class Stages {
  private static final String WRITTEN = "written.jsonl";
  private static final String CHECKPOINT = "checkpoint";

  private final OpenedModel model;
  private final SoftSettings settings;
  private final MicroWorld world;
  private final ChosenTemplate chosen;
  private final PromptTemplate template;
  private final Progress progress;
  private final Cancellation cancel;

  /**
   * Stages on a model.
   *
   * @param model stays the caller's
   */
  public Stages(OpenedModel model, Settings settings, Progress progress, Cancellation cancel) {
    this.model = model;
    this.settings = settings.soft();
    this.world = MicroWorld.named(settings.world());
    this.chosen = ChosenTemplate.of(settings.data().template(), model.promptFacts());
    this.template = chosen.template();
    this.progress = progress;
    this.cancel = cancel;
  }

  /** How prompts are written, and why so. */
  public ChosenTemplate template() {
    return chosen;
  }

  /**
   * What a labelling came to.
   *
   * @param kept number of labels written
   * @param dropped counts by reason
   * @param warning where most were dropped for one reason: the likely cause
   */
  public record Labelled(int kept, Map<String, Long> dropped, Optional<DropWarning> warning) {}

  /**
   * Labels the prompts of a file.
   *
   * @param pool a file or an embedded name: helpful, or micro for the made-up world of the settings
   * @param output folder that gets labels.jsonl, dropped.jsonl and label_errors.csv
   */
  public Labelled label(Path prompts, String pool, Path output) {
    refuseLabelled(output);
    IclPool demonstrations = IclPool.of(RunData.pool(pool, world, settings.seed()));
    List<Prompt> asked = PromptFiles.read(prompts);
    settings.demonstrations().refuseSmaller(demonstrations, asked);
    Labeller labeller = Labeller.of(demonstrations, template, settings);
    try (RunFolder folder = RunFolder.open(output, FolderKind.LABELS)) {
      // Another process may have come to its end before the folder was ours.
      refuseLabelled(output);
      try (OutputLines<Label> written = written(folder, labeller, asked)) {
        LabelFilters.Result result =
            new LabelFilters(settings.filters(), demonstrations).apply(written.lines());
        // Labels come last: they say that the folder is finished.
        LabelErrors errors = LabelErrors.count(result, demonstrations, KnownAnswers.NONE);
        folder.write(LabelErrors.FILE, errors.csv());
        folder.write("dropped.jsonl", Json.lines(result.dropped()));
        folder.write("labels.jsonl", Json.lines(result.kept()));
        written.discard();
        return labelled(result);
      }
    }
  }

  /** Refuses a folder that {@link #label} would not write to, before a model is opened. */
  public static void refuseLabelled(Path output) {
    if (Files.exists(output.resolve("labels.jsonl"))) {
      OutputLines.sweep(output.resolve(WRITTEN)); // what a kill at the very end has left
    }
    FolderKind.LABELS.refuseTaken(output);
  }

  /** All labels as the model wrote them: those of an interrupted start, then the others. */
  private OutputLines<Label> written(RunFolder folder, Labeller labeller, List<Prompt> asked) {
    int chunk = settings.labelling().chunk();
    OutputLines<Label> written =
        OutputLines.open(folder.path(WRITTEN), digest(labeller, asked), chunk, Label.class);
    try (Progress.Step step = progress.start("labelling", asked.size(), "prompts")) {
      step.already(written.lines().size());
      ChunkSink<Label> sink = ChunkSink.of((part, labels) -> written.add(labels), step::advance);
      Chunks.inGroups(
          Chunks.of(asked.subList(written.lines().size(), asked.size()), chunk),
          model.model().chunksAtOnce(),
          (first, group) -> labeller.label(model.model(), group, 1, 1, sink, cancel));
      return written;
    } catch (CancellationException stopped) {
      throw new StoppedWork(
          "%s of %s prompts are kept in %s"
              .formatted(written.lines().size(), asked.size(), folder.root()),
          closed(written, stopped));
    } catch (RuntimeException failure) {
      throw closed(written, failure);
    }
  }

  private static <E extends RuntimeException> E closed(OutputLines<Label> written, E failure) {
    written.close();
    return failure;
  }

  /** All that the labels depend on before they are filtered. */
  private String digest(Labeller labeller, List<Prompt> asked) {
    return Sha256.of(
        List.of(
            "labelling",
            model.model().identity().toString(),
            labeller.pool().toString(),
            labeller.template().toString(),
            settings.demonstrations().toString(),
            labeller.settings().toString(),
            String.valueOf(labeller.seed()),
            asked.toString(),
            "rules " + Provenance.RULES));
  }

  private Labelled labelled(LabelFilters.Result result) {
    Map<String, Long> dropped =
        result.dropped().stream()
            .collect(
                Collectors.groupingBy(DroppedLabel::reason, TreeMap::new, Collectors.counting()));
    int kept = result.kept().size();
    return new Labelled(kept, dropped, DropWarning.of(kept, dropped, settings, template.name()));
  }

  /**
   * Trains an adapter or all weights on labels, without header and demonstrations.
   *
   * @param labels a labels.jsonl
   * @param output folder that gets adapter/ or model/, and checkpoint/ for going on
   * @return the folder of the adapter or model
   */
  public Path train(Path labels, Path output) {
    Path result = trained(output, settings);
    refuseTrained(result, output);
    List<TrainingExample> examples = examples(labels);
    Optional<TrainerCommand> outside = settings.training().outside();
    if (outside.isPresent()) {
      return trained(outside.get(), examples, result, output);
    }
    int epochs = settings.training().epochs();
    long batches = -Math.floorDiv(-examples.size(), settings.training().batchSize());
    TrainingSettings how = settings.training().settings(epochs, settings.seed());
    try (RunFolder folder = RunFolder.open(output, FolderKind.TRAINING);
        Progress.Step step = progress.start("training", epochs * batches, "steps")) {
      refuseTrained(result, output);
      Progress.Reached reached = new Progress.Reached(step);
      CutExamples cut = CutExamples.of(model.trainable(), examples, how);
      if (cut.any()) {
        progress.say(cut.text());
      }
      model
          .trainable()
          .train(
              examples,
              how,
              new TrainingOutput(result, folder.path(CHECKPOINT)),
              (index, done) -> reached.at(index + 1),
              cancel);
      folder.delete(CHECKPOINT);
    }
    return result;
  }

  private Path trained(
      TrainerCommand command, List<TrainingExample> examples, Path result, Path output) {
    try (RunFolder folder = RunFolder.open(output, FolderKind.TRAINING)) {
      refuseTrained(result, output);
      ReturnedAdapter returned =
          new OutsideTraining(command, folder.path("training.log"))
              .train(
                  model.trainable(),
                  examples,
                  new TrainingOutput(result, folder.path(CHECKPOINT)),
                  progress::say,
                  cancel);
      progress.say(returned.text());
      folder.write("outside.json", Json.pretty(returned));
      folder.delete(CHECKPOINT);
    }
    return result;
  }

  /** What {@link #train} learns of a labels.jsonl. */
  public List<TrainingExample> examples(Path labels) {
    return labels(labels).stream().map(l -> template.example(l.prompt(), l.response())).toList();
  }

  /**
   * The labels of a file, as {@link #train} reads them; asked for before a model is opened, so that
   * nobody waits for it to hear that the file cannot be read.
   */
  public static List<Label> labels(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no file %s.".formatted(file), "Check --labels.");
    }
    List<Label> labels = Json.readLines(file, Label.class);
    if (labels.isEmpty()) {
      throw new UserError("%s holds no label.".formatted(file), "Label some prompts first.");
    }
    return labels;
  }

  /** Removes what a kill at the very end has left, but not what another method goes on from. */
  private static void sweepCheckpoint(Path checkpoint, Path result) {
    Path state = checkpoint.resolve("training.safetensors");
    String method = result.endsWith("model") ? "full" : "lora";
    if (Files.exists(state) && method.equals(Safetensors.open(state).metadata().get("method"))) {
      WholeFolder.remove(checkpoint);
    }
  }

  /** Refuses a folder that {@link #train} would not write to, before a model is opened. */
  public static void refuseTrained(Path output, SoftSettings settings) {
    refuseTrained(trained(output, settings), output);
  }

  private static Path trained(Path output, SoftSettings settings) {
    boolean full = settings.training().method() == TrainingOptions.Trained.FULL;
    return output.resolve(full ? "model" : "adapter");
  }

  private static void refuseTrained(Path result, Path output) {
    FolderKind.TRAINING.refuseOthers(output);
    if (Files.exists(result)) {
      sweepCheckpoint(output.resolve(CHECKPOINT), result);
      throw new UserError(
          "%s holds what was trained already (%s).".formatted(output, result.getFileName()),
          "Choose another folder with --out.");
    }
  }
}
