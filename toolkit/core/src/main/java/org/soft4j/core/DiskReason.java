package org.soft4j.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a disk refused, in words; Java's own messages are often the name of the file alone. */
public final class DiskReason {
  private DiskReason() {}

  /** A part of a sentence, to stand behind a colon. */
  public static String of(IOException refusal) {
    if (refusal instanceof NoSuchFileException) {
      return "no folder can be made there";
    }
    if (refusal instanceof AccessDeniedException) {
      return "this user may not write there";
    }
    if (refusal instanceof FileAlreadyExistsException
        || String.valueOf(refusal.getMessage()).contains("Not a directory")) {
      return "a file is in the way of a folder";
    }
    if (refusal instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return String.valueOf(refusal.getMessage());
  }
}
