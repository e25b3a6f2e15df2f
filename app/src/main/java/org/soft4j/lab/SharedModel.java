package org.soft4j.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.lm.tokenizer.ChatFormat;

/**
 * The one open model that labs with different settings share, and the files made with it. One piece
 * of work at a time; the model is brought into the state that the work wants.
 */
final class SharedModel implements AutoCloseable {
  private final ModelChoice choice;
  private final ModelOpener opener;
  private final TrainableModel model;
  private final Optional<ChatFormat> chat;
  private final PromptFacts facts;
  private final ModelIdentity base;
  private final Labs.Listener listener;
  private final TemporaryFolder folder = new TemporaryFolder();
  private final BegunWork begun = new BegunWork(folder::next);
  private Optional<Path> trained = Optional.empty();
  private boolean closed;

  private SharedModel(
      ModelChoice choice, ModelOpener opener, OpenedModel opened, Labs.Listener listener) {
    this.choice = choice;
    this.opener = opener;
    this.model = opened.trainable();
    this.chat = opened.chat();
    this.facts = opened.promptFacts();
    this.base = model.identity();
    this.listener = listener;
  }

  /** Opens the model; one that cannot be trained is a UserError. */
  static SharedModel open(ModelChoice choice, ModelOpener opener, Labs.Listener listener) {
    OpenedModel opened = opener.open(choice);
    try {
      return new SharedModel(choice, opener, opened, listener);
    } catch (RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  /** Work on the model. */
  @FunctionalInterface
  interface Work<T> {
    T run(TrainableModel model, Progress progress, Consumer<String> notes, Cancellation cancel);
  }

  /**
   * Runs work on the model after a training, or on the base model.
   *
   * @param state folder of an adapter or a whole model; empty for the base
   */
  <T> T work(Optional<Path> state, Work<T> work) {
    return BackgroundWork.run(
        listener,
        (progress, notes, cancel) -> {
          synchronized (this) {
            refuseIfClosed();
            bring(state);
            return work.run(model, progress, notes, cancel);
          }
        });
  }

  /** Runs work that leaves the model in a state of its own, such as a whole run. */
  <T> T workFreely(Work<T> work) {
    return work(
        Optional.empty(),
        (model, progress, notes, cancel) -> {
          try {
            return work.run(model, progress, notes, cancel);
          } finally {
            model.useBase();
          }
        });
  }

  /**
   * Opens the models of a run: its own is the open one, lent; a judge, or the model on a device of
   * its own that benchmarks are measured on, is another and is opened besides.
   */
  ModelOpener lending(TrainableModel open) {
    AtomicBoolean lent = new AtomicBoolean();
    return other ->
        other.equals(choice) && lent.compareAndSet(false, true)
            ? new OpenedModel(open, chat, true)
            : opener.open(other);
  }

  private void bring(Optional<Path> state) {
    if (trained.equals(state)) {
      return;
    }
    // Should the change fail, the model is at the base.
    model.useBase();
    trained = Optional.empty();
    state.ifPresent(this::use);
    trained = state;
  }

  private void use(Path state) {
    if (Files.exists(state.resolve("config.json"))) {
      model.useModel(state);
    } else {
      model.useAdapter(state);
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new UserError(
          "This lab is closed, and %s is no longer in memory.".formatted(base.name()),
          "Run the cell that opens it, and the cells after it, again.");
    }
  }

  ModelChoice choice() {
    return choice;
  }

  /** How prompts are put to it. */
  PromptFacts promptFacts() {
    return facts;
  }

  ModelIdentity base() {
    return base;
  }

  /** What was stopped and can be gone on with. */
  BegunWork begun() {
    return begun;
  }

  /** A path for new files. */
  Path newPath() {
    return folder.next();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      model.close();
      folder.close();
    }
  }
}
