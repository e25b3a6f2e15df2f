package org.soft4j.core;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.TokenStreamFactory;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * JSON as soft4j writes it: snake_case keys, constants in lower case, unknown keys refused, the
 * same value always as the same bytes.
 */
public final class Json {
  private static final String REMEDY =
      "Correct the JSON there, or remove the file where the run is to make it again.";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .streamReadConstraints(BoundedJson.ofDocument())
                  .addDecorator(Json::finite)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS, true)
          // Not EnumFeature.WRITE_ENUMS_TO_LOWERCASE, which takes the machine's locale for it.
          .enumNamingStrategy(constant -> constant.toLowerCase(Locale.ROOT))
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
          .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
          .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false)
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .build();

  private Json() {}

  /** JSON has no NaN: what is absent is null, and an infinity is a fault of whoever writes it. */
  private static JsonGenerator finite(TokenStreamFactory factory, JsonGenerator out) {
    return new JsonGeneratorDelegate(out, false) {
      @Override
      public void writeNumber(double value) throws IOException {
        if (Double.isNaN(value)) {
          writeNull();
        } else if (Double.isInfinite(value)) {
          throw new JsonGenerationException("a number is " + value, this);
        } else {
          super.writeNumber(value);
        }
      }

      @Override
      public void writeNumber(float value) throws IOException {
        if (Float.isFinite(value)) {
          super.writeNumber(value);
        } else {
          writeNumber((double) value);
        }
      }

      /** The delegate's own would write numbers past this one. */
      @Override
      public void writeArray(double[] values, int from, int length) throws IOException {
        writeStartArray(values, length);
        for (int i = from; i < from + length; i++) {
          writeNumber(values[i]);
        }
        writeEndArray();
      }
    };
  }

  /** The mapper itself, for trees. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** One line, no line break at its end. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  /** Indented, with a line break at its end. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  /** JSON Lines: one value a line, every line ended. */
  public static String lines(List<?> values) {
    StringBuilder text = new StringBuilder();
    for (Object value : values) {
      text.append(line(value)).append('\n');
    }
    return text.toString();
  }

  /**
   * Reads one value.
   *
   * @param text JSON
   * @param type what it is
   * @param name of the file, for the error
   */
  public static <T> T read(String text, Class<T> type, String name) {
    return BoundedJson.read(MAPPER.readerFor(type), text, name, 1, REMEDY);
  }

  /** Reads a file of JSON Lines. */
  public static <T> List<T> readLines(Path file, Class<T> type) {
    return readLines(WholeFile.read(file), type, file.toString());
  }

  /** Reads JSON Lines; blank lines are passed over, errors name the line. */
  public static <T> List<T> readLines(String text, Class<T> type, String name) {
    ObjectReader reader = MAPPER.readerFor(type);
    List<T> values = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        values.add(BoundedJson.read(reader, line, name, number, REMEDY));
      }
    }
    return List.copyOf(values);
  }
}
