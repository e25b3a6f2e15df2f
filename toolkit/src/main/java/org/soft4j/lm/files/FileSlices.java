package org.soft4j.lm.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Maps parts of a file into memory, read-only. One map per part, so that files above 2 GiB are read
 * too; a map stays valid after its channel is closed.
 */
record FileSlices(Path file, long size) {
  static FileSlices of(Path file) {
    try {
      return new FileSlices(file, Files.size(file));
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }

  /** Little-endian bytes at an offset; a UserError where the file does not hold them. */
  ByteBuffer map(long offset, long length) {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw ModelErrors.damaged(
          file, "ends at byte " + size + ", before the " + length + " bytes at " + offset);
    }
    if (length > Integer.MAX_VALUE) {
      throw ModelErrors.unsupported(
          file,
          "one tensor has " + length + " bytes",
          "soft4j reads tensors of less than 2 GiB each; use a 16-bit or quantized file.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }
}
