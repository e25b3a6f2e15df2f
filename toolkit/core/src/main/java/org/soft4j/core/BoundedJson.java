package org.soft4j.core;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads JSON that comes from elsewhere: files of rows, answers of servers, settings. A text is one
 * whole value without repeated keys. Depth, size and number of values are bounded, so that no text
 * fills the memory or the stack; each fault names file, line and column, and the bound it broke.
 */
public final class BoundedJson {
  /** Lists and objects that may stand within each other. */
  public static final int DEPTH = 200;

  /** Bytes of a row, whatever the kind of its file. */
  public static final int ROW_BYTES = 16 << 20;

  /** Bytes of a file that is one value. */
  public static final int DOCUMENT_BYTES = 512 << 20;

  /** Digits of a number. */
  public static final int DIGITS = 1_000;

  /** Letters of a key. */
  static final int KEY_LETTERS = 50_000;

  /** Keys, values and brackets of a row; each takes up to 160 bytes of memory. */
  public static final int ROW_VALUES = 1_000_000;

  private static final int DOCUMENT_VALUES = 40_000_000;
  private static final JsonMapper ROW = mapper(ROW_BYTES, ROW_VALUES);
  private static final JsonMapper DOCUMENT = mapper(DOCUMENT_BYTES, DOCUMENT_VALUES);
  private static final JsonMapper ANSWER =
      JsonMapper.builder(new JsonFactoryBuilder().streamReadConstraints(ofDocument()).build())
          .build();
  private static final JsonMapper ROW_WITH_NAN = withNaN(ROW);
  private static final JsonMapper DOCUMENT_WITH_NAN = withNaN(DOCUMENT);

  private BoundedJson() {}

  private static JsonMapper mapper(int bytes, long values) {
    return JsonMapper.builder(
            new JsonFactoryBuilder().streamReadConstraints(constraints(bytes, values)).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private static JsonMapper withNaN(JsonMapper strict) {
    return strict.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  }

  private static StreamReadConstraints constraints(int bytes, long values) {
    return StreamReadConstraints.builder()
        .maxNestingDepth(DEPTH)
        .maxDocumentLength(bytes)
        .maxStringLength(bytes)
        .maxNameLength(KEY_LETTERS)
        .maxNumberLength(DIGITS)
        .maxTokenCount(values)
        .build();
  }

  /** The bounds of a file that is one value. */
  static StreamReadConstraints ofDocument() {
    return constraints(DOCUMENT_BYTES, DOCUMENT_VALUES);
  }

  /** A mapper with the bounds of a row, for callers that answer a fault with words of their own. */
  public static JsonMapper mapper() {
    return ROW;
  }

  /**
   * A mapper for answers of servers, in which a key may stand twice and something behind the value;
   * how many bytes come is bounded where they arrive.
   */
  public static JsonMapper ofAnswers() {
    return ANSWER;
  }

  /** The mapper that takes the NaN and Infinity that Python writes, besides. */
  static JsonMapper withNaN() {
    return ROW_WITH_NAN;
  }

  /**
   * Reads a file that is one value.
   *
   * @param remedy what to do where it is not
   */
  public static JsonNode document(Path file, String remedy) {
    return document(DOCUMENT, file, remedy);
  }

  /** Reads a file that is one value, which Python has written: NaN and Infinity are numbers. */
  public static JsonNode documentWithNaN(Path file, String remedy) {
    return document(DOCUMENT_WITH_NAN, file, remedy);
  }

  private static JsonNode document(JsonMapper mapper, Path file, String remedy) {
    try (InputStream bytes = InputFile.open(file);
        JsonParser parser = mapper.createParser(bytes)) {
      return read(mapper.readerFor(JsonNode.class), parser, file.toString(), 1, remedy);
    } catch (IOException e) {
      throw FileFault.of(file, e);
    } catch (OutOfMemoryError full) {
      throw full(file.toString(), full);
    }
  }

  /**
   * Reads one value of a text.
   *
   * @param reader with these bounds
   * @param name of the file that the text stands in
   * @param line that it begins in, counted from 1
   * @param remedy what to do where it is no such value
   */
  static <T> T read(ObjectReader reader, String text, String name, int line, String remedy) {
    try (JsonParser parser = reader.createParser(text)) {
      return read(reader, parser, name, line, remedy);
    } catch (IOException e) {
      throw new IllegalStateException("a text ends by itself", e);
    }
  }

  private static <T> T read(
      ObjectReader reader, JsonParser parser, String name, int line, String remedy)
      throws IOException {
    try {
      return reader.readValue(parser);
    } catch (JsonProcessingException e) {
      // A broken bound comes without its place.
      JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw new UserError(
          "%s, line %s, column %s: %s"
              .formatted(name, line - 1 + at.getLineNr(), at.getColumnNr(), JsonFault.words(e)),
          remedy,
          e);
    }
  }

  /** The rows that were kept so far fill the memory. */
  static UserError full(String place, OutOfMemoryError full) {
    return new UserError(
        "%s: the memory is full (%s MiB).".formatted(place, Runtime.getRuntime().maxMemory() >> 20),
        "Give more of it, such as SOFT4J_HEAP=4g ./soft4j …, or part the file.",
        full);
  }
}
