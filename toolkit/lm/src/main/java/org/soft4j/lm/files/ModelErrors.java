package org.soft4j.lm.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.soft4j.core.UserError;

/** The faults of model files, worded once. */
public final class ModelErrors {
  private static final String FETCH_AGAIN =
      "The file may be cut off or damaged: fetch or copy it again.";

  private ModelErrors() {}

  /** A file whose bytes contradict its format. */
  public static UserError damaged(Path file, String detail) {
    return new UserError(file + ": " + detail, FETCH_AGAIN);
  }

  /** A file that is sound and that soft4j cannot use. */
  public static UserError unsupported(Path file, String detail, String supported) {
    return new UserError(file + ": " + detail, supported);
  }

  /** A file that cannot be read at all. */
  public static UserError unreadable(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new UserError("There is no file " + file + ".", "Check the path of the model.", cause);
    }
    return new UserError(
        "Cannot read " + file + ": " + cause.getMessage(),
        "Check that the file is there and may be read.",
        cause);
  }
}
