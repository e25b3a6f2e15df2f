package org.soft4j.datasets.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.soft4j.core.InputFile;
import org.soft4j.core.LibraryLogs;
import org.soft4j.core.UserError;

/**
 * Reads rows of a Parquet file: the asked-for columns as texts, each by its logical type. A column
 * that has no text, such as a list, plain bytes or an interval, is refused by name and type.
 */
public final class ParquetRows {
  private final Path file;
  private final Set<String> columns;
  private final RowSink sink;
  private final Bounds bounds = new Bounds();
  private long row;

  /** Hears of rows. */
  @FunctionalInterface
  public interface RowSink {
    /**
     * Takes one row.
     *
     * @param number counted from 1
     * @param values by column; a missing value is an empty text
     */
    void take(long number, Map<String, String> values);
  }

  private ParquetRows(Path file, Set<String> columns, RowSink sink) {
    this.file = file;
    this.columns = columns;
    this.sink = sink;
  }

  /**
   * Gives each row to the sink, in the order of the file.
   *
   * @param columns that are read where they are there; others, nested ones among them, are passed
   *     over
   * @throws UserError where the file is no sound Parquet file, or has none of the columns
   */
  public static void read(Path file, Set<String> columns, RowSink sink) {
    LibraryLogs.quietWithoutProvider();
    new ParquetRows(file, columns, sink).run();
  }

  private void run() {
    if (!Files.exists(file)) {
      throw new UserError("There is no file " + file + ".", "Check the path.");
    }
    try (FileChannel channel = FileChannel.open(InputFile.regular(file))) {
      ParquetMetadata footer = ParquetFooter.read(channel);
      MessageType schema = wanted(footer.getFileMetaData().getSchema());
      Set<String> read = schema.getFields().stream().map(Type::getName).collect(Collectors.toSet());
      Bounds.check(footer, read, channel.size());
      for (BlockMetaData group : footer.getBlocks()) {
        if (group.getRowCount() > 0) {
          take(new RowGroup(channel, group), schema);
        }
      }
    } catch (UserError known) {
      throw known;
    } catch (IOException | RuntimeException | StackOverflowError damage) {
      throw damaged(damage);
    }
  }

  /** Finds the pages of a column by its path. */
  private record RowGroup(FileChannel file, BlockMetaData group) implements PageReadStore {
    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      return group.getColumns().stream()
          .filter(chunk -> Arrays.equals(chunk.getPath().toArray(), column.getPath()))
          .findFirst()
          .map(chunk -> new ColumnPages(chunk, ParquetFooter.from(file, chunk.getStartingPos())))
          .orElseThrow(() -> new IllegalArgumentException("a group of rows without " + column));
    }

    @Override
    public long getRowCount() {
      return group.getRowCount();
    }
  }

  private void take(PageReadStore group, MessageType schema) {
    RecordReader<Group> records =
        new ColumnIOFactory()
            .getColumnIO(schema)
            .getRecordReader(group, new GroupRecordConverter(schema));
    List<ColumnText> texts =
        schema.getFields().stream().map(type -> ColumnText.of(type).orElseThrow()).toList();
    for (long i = 0; i < group.getRowCount(); i++) {
      row++;
      Group record = records.read();
      Map<String, String> values = new LinkedHashMap<>();
      for (int field = 0; field < schema.getFieldCount(); field++) {
        boolean there = record.getFieldRepetitionCount(field) > 0;
        String text = there ? text(record, field, texts) : "";
        bounds.read(text);
        values.put(schema.getFieldName(field), text);
      }
      sink.take(row, values);
    }
  }

  /** The text of a value; texts are strictly UTF-8, as in every other kind of file. */
  private String text(Group record, int field, List<ColumnText> texts) {
    try {
      return texts.get(field).of(record, field);
    } catch (CharacterCodingException e) {
      throw fault(record, field, "it is not UTF-8", "Write the texts as UTF-8.", e);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw fault(record, field, "it holds " + e.getMessage(), "Write the column as text.", e);
    }
  }

  private UserError fault(Group record, int field, String problem, String remedy, Exception cause) {
    String column = record.getType().getType(field).getName();
    return new UserError(
        "%s, row %s, column \"%s\": %s.".formatted(file, row, column, problem), remedy, cause);
  }

  private MessageType wanted(MessageType schema) {
    List<Type> found =
        schema.getFields().stream().filter(type -> columns.contains(type.getName())).toList();
    List<Type> flat = new ArrayList<>();
    for (Type type : found) {
      if (ColumnText.of(type).isEmpty()) {
        throw new UserError(
            file + ", column \"" + type.getName() + "\": it is " + kind(type) + ", not text.",
            "Write the column as text, or name it otherwise.");
      }
      flat.add(type);
    }
    if (flat.isEmpty()) {
      throw new UserError(
          file + " has none of the columns that are read; it has " + names(schema) + ".",
          "Name the column of the prompts \"prompt\".");
    }
    return new MessageType(schema.getName(), flat);
  }

  /** The type as its writer knows it, such as "interval" or "binary". */
  private static String kind(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return "a list or a structure";
    }
    return Optional.ofNullable(type.getLogicalTypeAnnotation())
        .map(LogicalTypeAnnotation::toString)
        .orElse(type.asPrimitiveType().getPrimitiveTypeName().toString())
        .toLowerCase(Locale.ROOT);
  }

  private static String names(MessageType schema) {
    return schema.getFields().stream().limit(20).map(Type::getName).toList().toString();
  }

  private UserError damaged(Throwable damage) {
    String reason = String.valueOf(damage.getMessage());
    if (damage.getCause() != null && damage.getCause().getMessage() != null) {
      reason += " (" + damage.getCause().getMessage() + ")";
    }
    return new UserError(
        file + (row == 0 ? "" : ", row " + row) + " cannot be read as Parquet: " + reason + ".",
        "Write the file again, for instance with pyarrow, compressed with snappy, gzip or zstd.",
        damage);
  }
}
