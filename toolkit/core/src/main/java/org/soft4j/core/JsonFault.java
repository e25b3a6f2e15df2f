package org.soft4j.core;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is wrong with a JSON text, in words for the person who wrote it: the library's own messages
 * name Java classes and its settings.
 */
public final class JsonFault {
  private JsonFault() {}

  /** The fault with the field that has it; no line break, no full stop. */
  public static String words(JsonProcessingException fault) {
    if (fault instanceof UnrecognizedPropertyException unknown) {
      return field(unknown)
          + "is not known here; known: "
          + unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
    }
    if (fault instanceof InvalidFormatException wrong) {
      return field(wrong)
          + "is \""
          + wrong.getValue()
          + "\" and should be "
          + kind(wrong.getTargetType());
    }
    if (fault instanceof MismatchedInputException other) {
      return mismatch(other);
    }
    if (fault instanceof JsonMappingException other) {
      return refused(other);
    }
    if (fault instanceof JsonEOFException) {
      return "the text ends before its last bracket or quote is closed";
    }
    return plain(fault.getOriginalMessage());
  }

  /** The words that a constant of the type is written with. */
  public static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(java.lang.reflect.Field::isEnumConstant)
        .map(
            constant ->
                constant.isAnnotationPresent(JsonProperty.class)
                    ? constant.getAnnotation(JsonProperty.class).value()
                    : constant.getName().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The names from the outermost field to the one at fault, joined by dots. */
  public static String path(JsonMappingException fault) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : fault.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String mismatch(MismatchedInputException fault) {
    String message = String.valueOf(fault.getOriginalMessage());
    if (message.startsWith("Trailing token")) {
      return "something stands behind the end of the value";
    }
    if (message.startsWith("Cannot map `null`") || message.startsWith("Null value for creator")) {
      return field(fault) + "is missing or null";
    }
    if (message.startsWith("No content")) {
      return "there is nothing to read";
    }
    return field(fault) + "should be " + kind(fault.getTargetType());
  }

  /** A value's own check refused it, or a list or text that it needs is not there. */
  private static String refused(JsonMappingException fault) {
    Throwable cause = fault.getCause();
    if (cause instanceof NullPointerException) {
      return field(fault) + "lacks a field, or has null where a value belongs";
    }
    if (cause instanceof JsonProcessingException inner) {
      return words(inner);
    }
    if (cause != null && cause.getMessage() != null) {
      return field(fault) + "is refused: " + cause.getMessage();
    }
    return plain(fault.getOriginalMessage());
  }

  private static String field(JsonMappingException fault) {
    String path = path(fault);
    return path.isEmpty() ? "the value " : "\"" + path + "\" ";
  }

  private static String kind(Class<?> type) {
    if (type == null) {
      return "of another kind";
    }
    if (type.isEnum()) {
      return "one of: " + String.join(", ", constants(type));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (List.of(int.class, long.class, Integer.class, Long.class).contains(type)) {
      return "a whole number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    return type == String.class ? "a text" : structure(type);
  }

  private static String structure(Class<?> type) {
    if (Collection.class.isAssignableFrom(type)) {
      return "a list: […]";
    }
    boolean object = type.isRecord() || Map.class.isAssignableFrom(type);
    return object || JsonNode.class.isAssignableFrom(type) ? "an object: {…}" : "of another kind";
  }

  /** The parser's words without where its source lies and which of its settings are meant. */
  private static String plain(String message) {
    return String.valueOf(message)
        .replaceAll("\\s*\\(start marker at \\[Source[^\\]]*\\]\\)", "")
        .replaceAll("\\s*(?:at )?\\[Source[^\\]]*\\]", "")
        .replaceAll(",? from `[^`]*`|\\s*\\(from `[^`]*`\\)", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
