package org.soft4j.cluster.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.soft4j.core.FileFault;
import org.soft4j.core.ScratchFolder;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.train.MicroBatchWorker;

/**
 * The model that an executor holds open. Tasks come as text and end, and a model takes seconds to
 * open: it stays with the process, which serves one application, until another one is asked for.
 */
public final class ExecutorModels {
  /** The files of an adapter that an executor needs. */
  public static final List<String> FILES = List.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS);

  // The one thing that outlives a task.
  private static final ExecutorModels PROCESS = new ExecutorModels();

  private Optional<ScratchFolder> scratch = Optional.empty();
  private Optional<Held> held = Optional.empty();
  private Optional<Training> training = Optional.empty();

  /** An open model, and what was put on it last. */
  private record Held(ModelSpec spec, LearnedState learned, LocalModel model) {}

  /** What computes gradients with the model as it stands. */
  private record Training(TrainingSettings settings, MicroBatchWorker worker) {}

  private ExecutorModels() {}

  /**
   * Works with a model; one task at a time, as on one machine.
   *
   * @param adapter the files of an adapter, by name, asked for where it is not on the model yet
   */
  static <T> T with(
      ModelSpec spec,
      LearnedState learned,
      Supplier<HashMap<String, byte[]>> adapter,
      Function<LocalModel, T> work) {
    synchronized (PROCESS) {
      return work.apply(PROCESS.brought(spec, learned, adapter));
    }
  }

  /** Works with what computes gradients; it stays for the next step. */
  static <T> T training(
      ModelSpec spec,
      LearnedState learned,
      Supplier<HashMap<String, byte[]>> adapter,
      TrainingSettings settings,
      Function<MicroBatchWorker, T> work) {
    synchronized (PROCESS) {
      LocalModel model = PROCESS.brought(spec, learned, adapter);
      if (PROCESS.training.isEmpty() || !PROCESS.training.get().settings().equals(settings)) {
        PROCESS.endTraining();
        PROCESS.training = Optional.of(new Training(settings, model.worker(settings)));
      }
      return work.apply(PROCESS.training.get().worker());
    }
  }

  private void endTraining() {
    training.ifPresent(ended -> ended.worker().close());
    training = Optional.empty();
  }

  private LocalModel brought(
      ModelSpec spec, LearnedState learned, Supplier<HashMap<String, byte[]>> adapter) {
    if (held.isEmpty() || !held.get().spec().equals(spec)) {
      close();
      LocalModel opened = open(spec);
      held =
          Optional.of(
              new Held(spec, new LearnedState(LearnedState.Kind.NONE, "", spec.digest()), opened));
    }
    LocalModel model = held.get().model();
    if (!held.get().learned().equals(learned)) {
      endTraining();
      switch (learned.kind()) {
        case NONE -> model.useBase();
        case ADAPTER -> model.useAdapter(unpacked(learned, adapter.get()));
        case MODEL -> model.useModel(shared(learned.path()));
      }
      held = Optional.of(new Held(spec, learned, model));
    }
    if (!model.identity().digest().equals(learned.digest())) {
      close();
      throw new UserError(
          "%s with what was learned is another model here than on the machine that started the work."
              .formatted(spec.model()),
          "Let all machines see the same files under %s.".formatted(spec.model()));
    }
    return model;
  }

  private void close() {
    endTraining();
    held.ifPresent(other -> other.model().close());
    held = Optional.empty();
  }

  private static LocalModel open(ModelSpec spec) {
    LocalModel model =
        LocalModel.open(ModelFiles.open(LocalOpening.resolve(spec.model())), spec.settings());
    List<String> differences = model.computation().orElseThrow().differences(spec.computation());
    if (differences.isEmpty() && model.base().digest().equals(spec.digest())) {
      return model;
    }
    model.close();
    if (!differences.isEmpty()) {
      throw ExecutorFacts.unlike(String.join("; ", differences));
    }
    throw new UserError(
        "%s holds another model here than on the machine that started the work."
            .formatted(spec.model()),
        "Put it into a folder that all machines share.");
  }

  private static Path shared(String path) {
    Path folder = Path.of(path);
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "There is no folder %s here, which holds the weights of the round before."
              .formatted(folder),
          "Run in a folder that all machines share, or train adapters.");
    }
    return folder;
  }

  private Path unpacked(LearnedState learned, Map<String, byte[]> files) {
    if (scratch.isEmpty()) {
      scratch = Optional.of(ScratchFolder.temporary("soft4j-executor-"));
    }
    Path folder = scratch.get().root().resolve("adapter-" + learned.digest());
    try {
      Files.createDirectories(folder);
      for (String name : FILES) {
        Files.write(folder.resolve(name), files.get(name));
      }
    } catch (IOException failure) {
      throw FileFault.of(folder, failure);
    }
    return folder;
  }
}
