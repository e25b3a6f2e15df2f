package org.soft4j.datasets.parquet;

import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.soft4j.core.BoundedJson;

/**
 * Refuses a file whose own account of itself cannot be true, or would fill the memory: the reader
 * makes room for what the footer announces before it looks whether that much is there.
 */
final class Bounds {
  private static final long MOST_ROWS = 10_000_000;
  private static final long MOST_GROUP_BYTES = 512L << 20;
  private static final long MOST_LETTERS = 256L << 20;

  private long letters;

  /**
   * Checks the parts that will be read.
   *
   * @param columns names of the top-level columns to be read
   * @param fileBytes length of the file
   */
  static void check(ParquetMetadata footer, Set<String> columns, long fileBytes) {
    long rows = 0;
    for (BlockMetaData block : footer.getBlocks()) {
      require(block.getRowCount() >= 0, "a row group of " + block.getRowCount() + " rows");
      rows += Math.min(block.getRowCount(), MOST_ROWS + 1);
      require(rows <= MOST_ROWS, "more than " + MOST_ROWS + " rows");
      long bytes = 0;
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (columns.contains(chunk.getPath().toArray()[0])) {
          bytes += inside(chunk, fileBytes);
        }
      }
      require(bytes <= MOST_GROUP_BYTES, "a row group of " + bytes + " bytes");
    }
  }

  private static long inside(ColumnChunkMetaData chunk, long fileBytes) {
    long start = chunk.getStartingPos();
    long packed = chunk.getTotalSize();
    boolean within = start >= 0 && packed >= 0 && start <= fileBytes && packed <= fileBytes - start;
    require(within, "its column " + chunk.getPath() + " lies outside the file");
    return Math.max(0, Math.min(chunk.getTotalUncompressedSize(), MOST_GROUP_BYTES + 1));
  }

  /** Counts text that was read: a dictionary lets a small file repeat a long text endlessly. */
  void read(String text) {
    require(text.length() <= BoundedJson.ROW_BYTES, "a text of " + text.length() + " letters");
    letters += text.length();
    require(letters <= MOST_LETTERS, "more than " + MOST_LETTERS + " letters of text");
  }

  private static void require(boolean condition, String seen) {
    if (!condition) {
      throw new IllegalArgumentException(seen);
    }
  }
}
