package org.soft4j.datasets.parquet;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** The pages of a column in one group of rows, unpacked one after another as they are asked for. */
final class ColumnPages implements PageReader {
  private static final int MOST_PAGE_BYTES = 64 << 20;
  // Levels and an empty packed page take a little more than their values.
  private static final int MOST_PACKED_BYTES = MOST_PAGE_BYTES + (1 << 20);

  private final ColumnChunkMetaData column;
  private final InputStream in;
  private final Statistics<?> none;
  private Optional<PageHeader> seen = Optional.empty();
  private long values;

  /**
   * The pages of a column.
   *
   * @param in stands at the first of them; what lies behind the last is not read
   */
  ColumnPages(ColumnChunkMetaData column, InputStream in) {
    this.column = column;
    this.in = new BufferedInputStream(in);
    this.none = Statistics.getBuilderForReading(column.getPrimitiveType()).build();
  }

  @Override
  public long getTotalValueCount() {
    return column.getValueCount();
  }

  /** Null where there is none, as the interface has it. */
  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = next();
      if (header.getType() != PageType.DICTIONARY_PAGE) {
        seen = Optional.of(header);
        return null;
      }
      var told = required(header.getDictionary_page_header());
      byte[] page = unpacked(header, packed(header));
      return new DictionaryPage(
          BytesInput.from(page), count(told.getNum_values()), encoding(told.getEncoding()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Null behind the last, as the interface has it. */
  @Override
  public DataPage readPage() {
    try {
      while (values < column.getValueCount()) {
        PageHeader header = seen.isPresent() ? seen.get() : next();
        seen = Optional.empty();
        byte[] packed = packed(header);
        // A kind of page that a later version of the format may add is passed over.
        if (header.getType() == PageType.DATA_PAGE) {
          return first(header, packed);
        }
        if (header.getType() == PageType.DATA_PAGE_V2) {
          return second(header, packed);
        }
      }
      return null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private DataPage first(PageHeader header, byte[] packed) throws IOException {
    DataPageHeader told = required(header.getData_page_header());
    byte[] page = unpacked(header, packed);
    values += count(told.getNum_values());
    return new DataPageV1(
        BytesInput.from(page),
        told.getNum_values(),
        page.length,
        none,
        encoding(told.getRepetition_level_encoding()),
        encoding(told.getDefinition_level_encoding()),
        encoding(told.getEncoding()));
  }

  /** Its levels are never packed. */
  private DataPage second(PageHeader header, byte[] packed) throws IOException {
    DataPageHeaderV2 told = required(header.getData_page_header_v2());
    int repetition = told.getRepetition_levels_byte_length();
    int definition = told.getDefinition_levels_byte_length();
    int levels = repetition + definition;
    if (repetition < 0 || definition < 0 || levels < 0 || levels > packed.length) {
      throw new IllegalArgumentException("levels of %s bytes".formatted(levels));
    }
    byte[] data = Arrays.copyOfRange(packed, levels, packed.length);
    int size = size(header) - levels;
    if (told.isIs_compressed() && size > 0) {
      data = JavaCodecs.unpack(column.getCodec(), data, size);
    }
    values += count(told.getNum_values());
    return DataPageV2.uncompressed(
        count(told.getNum_rows()),
        count(told.getNum_nulls()),
        told.getNum_values(),
        BytesInput.from(packed, 0, repetition),
        BytesInput.from(packed, repetition, definition),
        encoding(told.getEncoding()),
        BytesInput.from(data),
        none);
  }

  private PageHeader next() throws IOException {
    return Util.readPageHeader(in);
  }

  private byte[] packed(PageHeader header) throws IOException {
    int length = header.getCompressed_page_size();
    if (length < 0 || length > MOST_PACKED_BYTES) {
      throw new IllegalArgumentException("a packed page of %s bytes".formatted(length));
    }
    byte[] packed = in.readNBytes(length);
    if (packed.length < length) {
      throw new EOFException("it ends within a page");
    }
    if (header.isSetCrc()) {
      CRC32 sum = new CRC32();
      sum.update(packed);
      if ((int) sum.getValue() != header.getCrc()) {
        throw new IllegalArgumentException("a page does not have the checksum it is said to have");
      }
    }
    return packed;
  }

  private byte[] unpacked(PageHeader header, byte[] packed) throws IOException {
    return JavaCodecs.unpack(column.getCodec(), packed, size(header));
  }

  private static int size(PageHeader header) {
    int size = header.getUncompressed_page_size();
    if (size < 0 || size > MOST_PAGE_BYTES) {
      throw new IllegalArgumentException("a page of %s bytes".formatted(size));
    }
    return size;
  }

  private static int count(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a page of %s values".formatted(number));
    }
    return number;
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding told) {
    return new ParquetMetadataConverter().getEncoding(required(told));
  }

  private static <T> T required(T told) {
    if (told == null) {
      throw new IllegalArgumentException("a page without its header");
    }
    return told;
  }
}
