package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file that lies in memory: what the parsers see is what they would see of one on disk. */
final class BytesInMemory extends FileSlices {
  private final ByteBuffer bytes;

  BytesInMemory(String name, byte[] bytes) {
    super(Path.of(name), bytes.length);
    this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  ByteBuffer part(long offset, long length) {
    return bytes.slice((int) offset, (int) length);
  }
}
