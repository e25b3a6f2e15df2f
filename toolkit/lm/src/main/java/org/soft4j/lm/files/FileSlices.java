package org.soft4j.lm.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.soft4j.core.InputFile;

/**
 * A file's bytes in parts, read-only. One part at a time, so that files above 2 GiB are read too.
 * The fuzzer's files lie in memory; all others are mapped.
 */
public abstract class FileSlices {
  private final Path file;
  private final long size;

  public FileSlices(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  /** The mapped parts of a file on disk. */
  public static FileSlices of(Path file) {
    try {
      return new Mapped(file, Files.size(InputFile.regular(file)));
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }

  public Path file() {
    return file;
  }

  public long size() {
    return size;
  }

  /** Little-endian bytes at an offset; a UserError where the file does not hold them. */
  public ByteBuffer map(long offset, long length) {
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
    try {
      return part(offset, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }

  /** The bytes of a part that lies within the file. */
  protected abstract ByteBuffer part(long offset, long length) throws IOException;

  /** A map stays valid after its channel is closed. */
  private static final class Mapped extends FileSlices {
    Mapped(Path file, long size) {
      super(file, size);
    }

    @Override
    protected ByteBuffer part(long offset, long length) throws IOException {
      try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
        return channel.map(MapMode.READ_ONLY, offset, length);
      }
    }
  }
}
