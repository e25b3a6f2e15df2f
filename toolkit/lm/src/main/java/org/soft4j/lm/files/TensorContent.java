package org.soft4j.lm.files;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Writes the payload of one tensor after another, so that no file need fit into the memory. */
@FunctionalInterface
public interface TensorContent {
  /** Writes exactly the bytes that were planned for this tensor, little-endian. */
  void write(String name, WritableByteChannel out) throws IOException;
}
