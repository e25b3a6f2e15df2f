package org.soft4j.lm.source;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.soft4j.lm.files.FileSlices;

/** A file that lies in memory: what the parsers see is what they would see of one on disk. */
public final class BytesInMemory extends FileSlices {
  private final ByteBuffer bytes;

  public BytesInMemory(String name, byte[] bytes) {
    super(Path.of(name), bytes.length);
    this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  protected ByteBuffer part(long offset, long length) {
    return bytes.slice((int) offset, (int) length);
  }
}
