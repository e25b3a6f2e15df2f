package org.soft4j.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a user can do about a disk that refuses. */
public final class FileFault {
  private static final String ELSEWHERE = "Choose another folder with --out.";

  private FileFault() {}

  /** A file that was to be made: what is missing is a place for it. */
  public static UserError writing(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new UserError(
          file + " cannot be made: there is no folder to make it in.",
          "Choose another place with --out or --output.",
          cause);
    }
    return of(file, cause);
  }

  /** A folder that was to be made. */
  public static UserError making(Path folder, IOException cause) {
    return cause instanceof NoSuchFileException
        ? new UserError("The folder " + folder + " cannot be made.", ELSEWHERE, cause)
        : of(folder, cause);
  }

  /** A file of which nothing is known but that it was touched. */
  public static UserError of(Path file, IOException cause) {
    String message = String.valueOf(cause.getMessage());
    if (DiskReason.full(file, message)) {
      return new UserError(
          "The disk is full: " + file + " could not be written.",
          "Free some space and run the same command again, a run with --resume; everything finished"
              + " is kept.",
          cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new UserError(
          file + " may not be read or written by this user.",
          "Change its permissions, or choose another folder with --out.",
          cause);
    }
    if (cause instanceof NoSuchFileException) {
      return new UserError(
          "There is no file " + file + ".",
          file.isAbsolute()
              ? "Check the path."
              : "Check the path; it is read from " + Path.of("").toAbsolutePath() + ".",
          cause);
    }
    if (cause instanceof FileAlreadyExistsException || DiskReason.fileInTheWay(file)) {
      return new UserError(
          file + " cannot be a folder: a file of that name is in the way.", ELSEWHERE, cause);
    }
    if (DiskReason.readOnly(file)) {
      return new UserError(
          file + " lies on a file system that may only be read.", ELSEWHERE, cause);
    }
    return new UserError(
        file + " cannot be read or written: " + message + ".",
        "Check the path and the disk; of a run, everything finished is kept.",
        cause);
  }
}
