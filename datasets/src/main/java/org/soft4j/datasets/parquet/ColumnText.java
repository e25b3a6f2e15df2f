package org.soft4j.datasets.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.JsonFault;

/**
 * How a value of a column becomes a text: by the column's logical type, since the stored number of
 * a decimal, a date or an unsigned one says something else. Numbers, dates and times are written as
 * Python's str() writes them.
 */
@FunctionalInterface
interface ColumnText {
  /** Digits that a decimal may have; the widest type of any writer has 76. */
  int MOST_DIGITS = 100;

  /**
   * The text of a field that is there.
   *
   * @throws CharacterCodingException where a text is not UTF-8
   * @throws IllegalArgumentException where the value is none of its type
   */
  String of(Group row, int field) throws CharacterCodingException;

  /** The way of a column; empty where there is none, as for lists, structures and plain bytes. */
  static Optional<ColumnText> of(Type column) {
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    PrimitiveType type = column.asPrimitiveType();
    LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
    return Optional.ofNullable(
        switch (type.getPrimitiveTypeName()) {
          case BOOLEAN -> meant == null ? (row, f) -> String.valueOf(row.getBoolean(f, 0)) : null;
          case INT32 -> ofInt(meant);
          case INT64 -> ofLong(meant);
          case FLOAT -> meant == null ? (row, f) -> PythonNumber.of(row.getFloat(f, 0)) : null;
          case DOUBLE -> meant == null ? (row, f) -> PythonNumber.of(row.getDouble(f, 0)) : null;
          case INT96 ->
              meant == null ? (row, f) -> julian(row.getInt96(f, 0).toByteBuffer()) : null;
          case BINARY -> ofBytes(meant);
          case FIXED_LEN_BYTE_ARRAY -> ofFixed(meant, type.getTypeLength());
        });
  }

  private static ColumnText ofInt(LogicalTypeAnnotation meant) {
    if (meant instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal, (row, f) -> BigInteger.valueOf(row.getInteger(f, 0)));
    }
    if (meant instanceof DateLogicalTypeAnnotation) {
      return (row, f) -> PythonTime.date(row.getInteger(f, 0));
    }
    if (meant instanceof TimeLogicalTypeAnnotation time) {
      return (row, f) -> PythonTime.time(row.getInteger(f, 0), time);
    }
    if (meant instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
      return (row, f) -> Integer.toUnsignedString(row.getInteger(f, 0));
    }
    return number(meant) ? (row, f) -> String.valueOf(row.getInteger(f, 0)) : null;
  }

  private static ColumnText ofLong(LogicalTypeAnnotation meant) {
    if (meant instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal, (row, f) -> BigInteger.valueOf(row.getLong(f, 0)));
    }
    if (meant instanceof TimeLogicalTypeAnnotation time) {
      return (row, f) -> PythonTime.time(row.getLong(f, 0), time);
    }
    if (meant instanceof TimestampLogicalTypeAnnotation stamp) {
      return (row, f) -> PythonTime.timestamp(row.getLong(f, 0), stamp);
    }
    if (meant instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
      return (row, f) -> Long.toUnsignedString(row.getLong(f, 0));
    }
    return number(meant) ? (row, f) -> String.valueOf(row.getLong(f, 0)) : null;
  }

  private static boolean number(LogicalTypeAnnotation meant) {
    return meant == null
        || meant instanceof IntLogicalTypeAnnotation
        || meant instanceof UnknownLogicalTypeAnnotation;
  }

  private static ColumnText ofBytes(LogicalTypeAnnotation meant) {
    if (meant instanceof StringLogicalTypeAnnotation
        || meant instanceof EnumLogicalTypeAnnotation) {
      return ColumnText::utf8;
    }
    if (meant instanceof JsonLogicalTypeAnnotation) {
      return (row, f) -> json(utf8(row, f));
    }
    return meant instanceof DecimalLogicalTypeAnnotation decimal
        ? decimal(decimal, (row, f) -> unscaled(row.getBinary(f, 0).getBytes()))
        : null;
  }

  private static ColumnText ofFixed(LogicalTypeAnnotation meant, int length) {
    if (meant instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal, (row, f) -> unscaled(row.getBinary(f, 0).getBytes()));
    }
    if (meant instanceof UUIDLogicalTypeAnnotation && length == 2 * Long.BYTES) {
      return (row, f) -> {
        ByteBuffer bytes = row.getBinary(f, 0).toByteBuffer();
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
      };
    }
    return meant instanceof Float16LogicalTypeAnnotation && length == 2
        ? (row, f) -> PythonNumber.half(ByteBuffer.wrap(row.getBinary(f, 0).getBytes()))
        : null;
  }

  /** The unscaled number of a decimal. */
  @FunctionalInterface
  interface Unscaled {
    BigInteger of(Group row, int field);
  }

  private static ColumnText decimal(DecimalLogicalTypeAnnotation type, Unscaled value) {
    return type.getScale() < 0 || type.getScale() > MOST_DIGITS
        ? null
        : (row, f) -> new BigDecimal(value.of(row, f), type.getScale()).toPlainString();
  }

  private static BigInteger unscaled(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MOST_DIGITS) {
      throw new IllegalArgumentException("a decimal of %s bytes".formatted(bytes.length));
    }
    return new BigInteger(bytes);
  }

  /** A string's own text, an empty one for null, and other values as they stand. */
  private static String json(String text) {
    try {
      JsonNode value = BoundedJson.mapper().readTree(text);
      if (value.isMissingNode()) {
        throw new IllegalArgumentException("an empty value in a JSON column");
      }
      return value.isTextual() ? value.textValue() : value.isNull() ? "" : text;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON in a JSON column: " + JsonFault.words(e), e);
    }
  }

  private static String utf8(Group row, int field) throws CharacterCodingException {
    ByteBuffer bytes = row.getBinary(field, 0).toByteBuffer();
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private static String julian(ByteBuffer bytes) {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    return PythonTime.julian(bytes.getInt(), nanos);
  }
}
