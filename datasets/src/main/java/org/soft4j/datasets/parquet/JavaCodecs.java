package org.soft4j.datasets.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks pages in Java alone, and never to more than a page may have: native code would be handed
 * bytes that nobody has checked.
 */
final class JavaCodecs {
  private JavaCodecs() {}

  /**
   * The bytes of a page, or of a part of it.
   *
   * @param size that they are announced to have
   */
  static byte[] unpack(CompressionCodecName codec, byte[] packed, int size) throws IOException {
    return switch (codec) {
      case UNCOMPRESSED -> packed;
      case SNAPPY -> unpack(new SnappyDecompressor(), packed, size);
      case ZSTD -> unpack(new ZstdDecompressor(), packed, size);
      case LZ4_RAW -> unpack(new Lz4Decompressor(), packed, size);
      case GZIP -> inflate(packed, size);
      default -> throw new UnsupportedOperationException("its compression is " + codec);
    };
  }

  private static byte[] unpack(Decompressor decompressor, byte[] packed, int size) {
    byte[] page = new byte[size];
    int length = decompressor.decompress(packed, 0, packed.length, page, 0, size);
    return whole(page, length, size);
  }

  private static byte[] inflate(byte[] packed, int size) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] page = in.readNBytes(size + 1);
      return whole(page, page.length, size);
    }
  }

  private static byte[] whole(byte[] page, int length, int size) {
    if (length != size) {
      throw new IllegalArgumentException(
          "a page unpacks to " + length + " bytes where " + size + " are announced");
    }
    return page;
  }
}
