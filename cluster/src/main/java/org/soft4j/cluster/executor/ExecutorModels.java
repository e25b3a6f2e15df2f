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
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.source.ModelFiles;

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

  /** An open model, and what was put on it last. */
  private record Held(ModelSpec spec, LearnedState learned, LocalModel model) {}

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

  private LocalModel brought(
      ModelSpec spec, LearnedState learned, Supplier<HashMap<String, byte[]>> adapter) {
    if (held.isEmpty() || !held.get().spec().equals(spec)) {
      held.ifPresent(other -> other.model().close());
      held = Optional.empty();
      LocalModel opened = open(spec);
      held =
          Optional.of(
              new Held(spec, new LearnedState(LearnedState.Kind.NONE, "", spec.digest()), opened));
    }
    LocalModel model = held.get().model();
    if (!held.get().learned().equals(learned)) {
      switch (learned.kind()) {
        case NONE -> model.useBase();
        case ADAPTER -> model.useAdapter(unpacked(learned, adapter.get()));
        case MODEL -> model.useModel(shared(learned.path()));
      }
      held = Optional.of(new Held(spec, learned, model));
    }
    if (!model.identity().digest().equals(learned.digest())) {
      held.ifPresent(other -> other.model().close());
      held = Optional.empty();
      throw new UserError(
          "%s is another model here than on the machine that started the work.".formatted(spec),
          "Let all machines see the same files under %s.".formatted(spec.model()));
    }
    return model;
  }

  private static LocalModel open(ModelSpec spec) {
    LocalModel model =
        LocalModel.open(ModelFiles.open(LocalOpening.resolve(spec.model())), spec.settings());
    long logits = model.memory().logitBytes();
    if (model.base().digest().equals(spec.digest()) && logits == spec.logitBytes()) {
      return model;
    }
    model.close();
    if (logits != spec.logitBytes()) {
      throw new UserError(
          "%s bytes of logits fit into the free memory here, and %s on the machine that started"
                  .formatted(logits, spec.logitBytes())
              + " the work: the last digits would differ.",
          "End other programs on the one with less, or leave it out of the cluster.");
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
