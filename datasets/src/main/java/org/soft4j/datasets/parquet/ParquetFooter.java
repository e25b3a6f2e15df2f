package org.soft4j.datasets.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * A file's account of itself, at its end. Found without Apache's own file reader, which needs
 * classes of Hadoop: Spark brings other ones of the same names.
 */
final class ParquetFooter {
  private static final String MAGIC = "PAR1";
  private static final String ENCRYPTED = "PARE";
  // The footer's length, and the magic word behind it.
  private static final int TAIL = 2 * Integer.BYTES;
  private static final int MOST_BYTES = 64 << 20;

  private ParquetFooter() {}

  static ParquetMetadata read(FileChannel file) throws IOException {
    long size = file.size();
    if (size < MAGIC.length() + TAIL) {
      throw new IllegalArgumentException("it has %s bytes".formatted(size));
    }
    ByteBuffer tail = bytes(file, size - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
    long length = Integer.toUnsignedLong(tail.getInt());
    String magic = StandardCharsets.ISO_8859_1.decode(tail).toString();
    if (!magic.equals(MAGIC)) {
      throw new IllegalArgumentException(
          magic.equals(ENCRYPTED) ? "it is encrypted" : "it does not end as a Parquet file does");
    }
    if (length > MOST_BYTES || length > size - TAIL - MAGIC.length()) {
      throw new IllegalArgumentException("a footer of %s bytes".formatted(length));
    }
    ByteBuffer footer = bytes(file, size - TAIL - length, (int) length);
    return new ParquetMetadataConverter()
        .readParquetMetadata(
            new ByteArrayInputStream(footer.array()), ParquetMetadataConverter.NO_FILTER);
  }

  private static ByteBuffer bytes(FileChannel file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    return bytes.flip();
  }

  /** What stands in a file from a place on; other streams of the same file do not move it. */
  static InputStream from(FileChannel file, long start) {
    return new InputStream() {
      private long position = start;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = file.read(ByteBuffer.wrap(target, offset, length), position);
        position += Math.max(0, read);
        return read;
      }
    };
  }
}
