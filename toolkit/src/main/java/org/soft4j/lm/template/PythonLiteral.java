package org.soft4j.lm.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the Python literals that judges are asked for and that templates write: lists,
 * dictionaries, strings in either quotes and numbers. What Python's ast.literal_eval would refuse,
 * such as words around the list, is refused.
 */
public final class PythonLiteral {
  private static final int MOST_DEPTH = 50;

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** The value as Map, List, String or Double; empty where the text is no such literal. */
  public static Optional<Object> parse(String text) {
    PythonLiteral reader = new PythonLiteral(text.strip());
    try {
      Object value = reader.value();
      reader.blanks();
      return reader.at == reader.text.length() ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException noLiteral) {
      return Optional.empty();
    }
  }

  private Object value() {
    blanks();
    char first = text.charAt(at);
    return switch (first) {
      case '[' -> list(']');
      case '(' -> list(')');
      case '{' -> dictionary();
      case '\'', '"' -> string(first);
      default -> number();
    };
  }

  private List<Object> list(char end) {
    List<Object> values = new ArrayList<>();
    deeper();
    at++;
    while (!taken(end)) {
      values.add(value());
      separator(end);
    }
    depth--;
    return values;
  }

  private Map<Object, Object> dictionary() {
    Map<Object, Object> values = new LinkedHashMap<>();
    deeper();
    at++;
    while (!taken('}')) {
      Object key = value();
      if (!taken(':')) {
        throw new IllegalArgumentException("no colon");
      }
      values.put(key, value());
      separator('}');
    }
    depth--;
    return values;
  }

  private void deeper() {
    if (++depth > MOST_DEPTH) {
      throw new IllegalArgumentException("nested too deeply");
    }
  }

  /** A comma, which may also stand before the end. */
  private void separator(char end) {
    blanks();
    if (!taken(',') && text.charAt(at) != end) {
      throw new IllegalArgumentException("no comma");
    }
  }

  private String string(char quote) {
    StringBuilder value = new StringBuilder();
    at++;
    for (char c = text.charAt(at++); c != quote; c = text.charAt(at++)) {
      if (c == '\n') {
        throw new IllegalArgumentException("a line ends within a string");
      }
      if (c == '\\') {
        value.appendCodePoint(escaped(text.charAt(at++)));
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }

  private int escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> c;
    };
  }

  private int hex(int digits) {
    at += digits;
    return Integer.parseInt(text.substring(at - digits, at), 16);
  }

  private Double number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Double.valueOf(text.substring(from, at));
  }

  private boolean taken(char wanted) {
    blanks();
    boolean there = text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
