package org.soft4j.lab;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.soft4j.core.FolderKind;
import org.soft4j.core.RunFolder;
import org.soft4j.core.StoppedWork;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;

/**
 * The whole method on the open model of a lab, in folders that can be gone on with.
 *
 * @param session what is run
 * @param shared the model, lent to each run
 */
record LabRuns(SoftSession session, SharedModel shared) {
  /**
   * A new run.
   *
   * @param name of its folder; where it is taken, name-2, name-3 and so on
   * @param noted whether its notes are heard
   */
  SessionResult begin(String name, boolean noted) {
    return run(() -> SoftSession.openFree(Path.of(name)), noted, false);
  }

  /** A run that was stopped or killed goes on in its folder. */
  SessionResult resume(String name) {
    return run(() -> RunFolder.open(Path.of(name), FolderKind.RUN), true, true);
  }

  /**
   * Runs.
   *
   * @param place opened by the thread that works, whose lock it is
   */
  private SessionResult run(Supplier<RunFolder> place, boolean noted, boolean resume) {
    Consumer<String> deaf = line -> {};
    AtomicReference<Path> used = new AtomicReference<>(Path.of(""));
    try {
      return shared.workFreely(
          (model, progress, notes, cancel) -> {
            try (RunFolder folder = place.get()) {
              used.set(folder.root());
              return session.run(
                  folder.root(),
                  new SoftSession.RunOptions(
                      shared.lending(model),
                      progress,
                      noted ? notes : deaf,
                      cancel,
                      CostGate.SHUT,
                      resume,
                      false));
            }
          });
    } catch (CancellationException stop) {
      throw new StoppedWork(
          "stopped; what is finished is kept in %s; go on with: lab.resume(\"%1$s\")"
              .formatted(used.get()),
          stop);
    }
  }
}
