package org.soft4j.datasets.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks pages in Java alone, and never to more than a page may have: native code would be handed
 * bytes that nobody has checked.
 */
final class JavaCodecs implements CompressionCodecFactory {
  private static final int MOST_PAGE_BYTES = 64 << 20;

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Pages((packed, size) -> packed);
      case SNAPPY -> new Pages((packed, size) -> unpack(new SnappyDecompressor(), packed, size));
      case ZSTD -> new Pages((packed, size) -> unpack(new ZstdDecompressor(), packed, size));
      case LZ4_RAW -> new Pages((packed, size) -> unpack(new Lz4Decompressor(), packed, size));
      case GZIP -> new Pages(JavaCodecs::inflate);
      default -> throw new UnsupportedOperationException("its compression is " + codec);
    };
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("nothing is written");
  }

  @Override
  public void release() {
    // Nothing is held.
  }

  private interface Unpacking {
    byte[] unpack(byte[] packed, int size) throws IOException;
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

  private record Pages(Unpacking unpacking) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      if (size < 0 || size > MOST_PAGE_BYTES) {
        throw new IllegalArgumentException("a page of " + size + " bytes");
      }
      return BytesInput.from(unpacking.unpack(packed.toInputStream().readAllBytes(), size));
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer page, int size)
        throws IOException {
      byte[] bytes = new byte[packedSize];
      packed.get(bytes);
      page.put(decompress(BytesInput.from(bytes), size).toInputStream().readAllBytes());
    }

    @Override
    public void release() {
      // Nothing is held.
    }
  }
}
