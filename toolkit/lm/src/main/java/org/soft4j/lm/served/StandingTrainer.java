package org.soft4j.lm.served;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.adapter.PeftAdapter;

/**
 * A model that learns here, and which adapter it has now; several servers may measure what it
 * learned, and putting an adapter to use is slow.
 */
public final class StandingTrainer {
  private final TrainableModel model;
  private final Optional<Adapter> opened;
  private Optional<Adapter> now;

  /** An adapter by what it does. */
  record Adapter(Path folder, String digest) {
    static Adapter of(Path folder) {
      return new Adapter(folder, PeftAdapter.digest(folder));
    }
  }

  /**
   * A model as it was opened.
   *
   * @param opened the adapter that was put on it then
   */
  public StandingTrainer(TrainableModel model, Optional<Path> opened) {
    this.model = model;
    this.opened = opened.map(Adapter::of);
    now = this.opened;
  }

  /** The model, which may stand anywhere. */
  TrainableModel model() {
    return model;
  }

  /** What the model is returned to by {@link TrainableModel#useBase}. */
  Optional<Adapter> opened() {
    return opened;
  }

  /** The model with an adapter, or as it was opened. */
  synchronized TrainableModel at(Optional<Adapter> wanted) {
    if (!wanted.equals(now)) {
      if (wanted.equals(opened)) {
        model.useBase();
      } else {
        model.useAdapter(wanted.orElseThrow().folder());
      }
      now = wanted;
    }
    return model;
  }
}
