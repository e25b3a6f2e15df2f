package org.soft4j.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a disk refused, in words. Java's own messages are often the name of the file alone, or what
 * the system says in the language of its user: so the disk is looked at, where that tells.
 */
public final class DiskReason {
  // Less is no room for the next file; what is being written has taken the rest.
  private static final long NO_ROOM = 64 << 10;

  private DiskReason() {}

  /**
   * A part of a sentence, to stand behind a colon.
   *
   * @param place what was to be written
   */
  public static String of(Path place, IOException refusal) {
    if (refusal instanceof NoSuchFileException) {
      return "no folder can be made there";
    }
    if (refusal instanceof AccessDeniedException) {
      return "this user may not write there";
    }
    if (refusal instanceof FileAlreadyExistsException || fileInTheWay(place)) {
      return "a file is in the way of a folder";
    }
    if (refusal instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return String.valueOf(refusal.getMessage());
  }

  /** Whether there is no room for a file. */
  static boolean full(Path file, String message) {
    return message.contains("No space left")
        || message.contains("Disk quota")
        || store(file).filter(DiskReason::hasNoRoom).isPresent();
  }

  private static boolean hasNoRoom(FileStore store) {
    try {
      // A system without blocks, such as that of devices, has none to be used up.
      return store.getTotalSpace() > 0 && store.getUsableSpace() < NO_ROOM;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether one of the folders that lead to a file is a file itself. */
  static boolean fileInTheWay(Path file) {
    return above(file).anyMatch(Files::isRegularFile);
  }

  /** Whether nothing can be written where a file is to lie. */
  static boolean readOnly(Path file) {
    return store(file).filter(FileStore::isReadOnly).isPresent();
  }

  private static Optional<FileStore> store(Path file) {
    try {
      Optional<Path> nearest = above(file).filter(Files::exists).findFirst();
      return nearest.isPresent()
          ? Optional.of(Files.getFileStore(nearest.get()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Stream<Path> above(Path file) {
    return Stream.iterate(
            Optional.ofNullable(file.toAbsolutePath().normalize().getParent()),
            Optional::isPresent,
            folder -> folder.map(Path::getParent))
        .map(Optional::get);
  }
}
