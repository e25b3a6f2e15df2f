package org.soft4j.soft;

import java.nio.file.Path;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.TrainableModel;
import org.soft4j.run.RunEvents;

/** A run of SOFT or SOFT+ in a folder: start it, or resume what is there. */
public final class SoftRun {
  private final SoftInputs inputs;
  private final ResolvedSettings resolved;
  private final Path folder;

  private SoftRun(SoftInputs inputs, ResolvedSettings resolved, Path folder) {
    this.inputs = inputs;
    this.resolved = resolved;
    this.folder = folder;
  }

  /** A new run; a folder that already holds one is refused. */
  public static SoftRun start(SoftInputs inputs, SoftSettings settings, Path folder) {
    return start(inputs, ResolvedSettings.of(settings, "code"), folder);
  }

  /** A new run whose settings know where they came from. */
  public static SoftRun start(SoftInputs inputs, ResolvedSettings settings, Path folder) {
    return new SoftRun(inputs, settings, folder);
  }

  /**
   * Goes on with the run in the folder, or starts it where there is none.
   *
   * @param allowChanges whether other settings, inputs, device, dtype or threads than recorded are
   *     accepted, and recorded; what is finished is then kept as it is
   */
  public static SoftRun resume(
      SoftInputs inputs, ResolvedSettings settings, Path folder, boolean allowChanges) {
    return new SoftRun(inputs, settings, folder);
  }

  /** Runs to the end, or to the cancellation, which leaves a folder that can be resumed. */
  public SoftResult execute(
      TrainableModel model, RoundEvaluation evaluation, RunEvents events, Cancellation cancel) {
    throw new UnsupportedOperationException(inputs + " " + resolved + " " + folder);
  }
}
