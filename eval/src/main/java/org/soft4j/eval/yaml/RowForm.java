package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.soft4j.lm.template.PythonLiteral;
import org.soft4j.lm.template.PythonValues;

/**
 * What a row is turned into: the text that asks, the choices, and what is right.
 *
 * @param text doc_to_text
 * @param target doc_to_target
 * @param choices doc_to_choice, where there are any
 * @param prefix gen_prefix, with which an answer begins
 */
record RowForm(
    Expression text, Expression target, Optional<Expression> choices, Optional<Expression> prefix) {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

  /** A text; an Integer where the row has several contexts, of which this one is right. */
  Object textOf(Row row) {
    Object value = numbered(text, text.value(row));
    if (value instanceof Iterable<?> && text instanceof Expression.Template) {
      return PythonValues.str(value);
    }
    if (value instanceof String || value instanceof Integer && choices.isPresent()) {
      return value;
    }
    throw row.fault("doc_to_text gives " + value + ", which is not a text.", "Give it a text.");
  }

  /** A text, an Integer that points at a choice, or a list of these. */
  Object targetOf(Row row) {
    Object value = target.value(row);
    if (value == null) {
      throw row.fault("doc_to_target gives None.", "Give every row its answer.");
    }
    if (value instanceof String written
        && target instanceof Expression.Template
        && written.startsWith("[")
        && written.endsWith("]")) {
      value = PythonLiteral.parse(written).orElse(written);
    }
    if (value instanceof Iterable<?> list) {
      List<Object> targets = new ArrayList<>();
      list.forEach(inner -> targets.add(whole(inner)));
      return targets;
    }
    return numbered(target, value);
  }

  /** The choices of a row; empty where the task has none. */
  Optional<List<String>> choicesOf(Row row) {
    return choices.map(field -> texts(row, field.value(row)));
  }

  /** What a row asks, of which choices, and what is right: two rows that have it alike are one. */
  Object asked(Row row) {
    return List.of(textOf(row), choicesOf(row), targetOf(row));
  }

  Optional<String> prefixOf(Row row) {
    return prefix.map(field -> field.text(row)).filter(text -> !text.isEmpty());
  }

  private static List<String> texts(Row row, Object value) {
    Object read = value instanceof String text ? PythonLiteral.parse(text).orElse(text) : value;
    Object values = read instanceof Map<?, ?> map ? List.copyOf(map.values()) : read;
    List<String> texts = new ArrayList<>();
    if (values instanceof Iterable<?> list) {
      list.forEach(inner -> texts.add(inner instanceof String text ? text : null));
    }
    if (texts.isEmpty() || texts.contains(null)) {
      throw row.fault(
          "doc_to_choice gives " + value + ", which is not a list of texts.",
          "Give it a list such as [\"no\", \"yes\"]; yes and no need quotes in YAML.");
    }
    return texts;
  }

  /** Where there are choices, digits that a template wrote point at one; a column's do not. */
  private Object numbered(Expression from, Object value) {
    if (choices.isPresent() && value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return choices.isPresent()
            && !(from instanceof Expression.Column)
            && !(from instanceof Expression.Function)
            && value instanceof String text
            && DIGITS.matcher(text).matches()
        ? Integer.valueOf(text)
        : whole(value);
  }

  private static Object whole(Object value) {
    return value instanceof Long number && number == number.intValue()
        ? (Object) number.intValue()
        : value;
  }
}
