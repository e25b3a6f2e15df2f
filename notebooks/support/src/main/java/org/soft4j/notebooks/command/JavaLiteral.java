package org.soft4j.notebooks.command;

import java.util.List;
import java.util.Locale;
import org.soft4j.core.UserError;

/** A value that a user typed as a Java literal that means that value and nothing else. */
final class JavaLiteral {
  private static final List<String> TYPES = List.of("int", "long", "double", "boolean", "String");

  private JavaLiteral() {}

  /**
   * The literal.
   *
   * @param type one of int, long, double, boolean and String; another is a UserError
   * @param value as typed; one that is none of the type is a UserError
   * @param flag for errors
   */
  static String of(String type, String value, String flag) {
    try {
      return switch (type) {
        case "int" -> String.valueOf(Integer.parseInt(value.strip()));
        case "long" -> Long.parseLong(value.strip()) + "L";
        case "double" -> number(Double.parseDouble(value.strip()));
        case "boolean" -> truth(value.strip());
        case "String" -> "\"" + escaped(value) + "\"";
        default ->
            throw new UserError(
                "%s has the type %s.".formatted(flag, type),
                "Parameters can be of %s.".formatted(String.join(", ", TYPES)));
      };
    } catch (IllegalArgumentException wrong) {
      throw new UserError(
          "%s is \"%s\", and the notebook wants %s."
              .formatted(flag, value, type.equals("boolean") ? "true or false" : "a " + type),
          "Give such a value.");
    }
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not finite");
    }
    return String.valueOf(value);
  }

  private static String truth(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return value;
  }

  /**
   * Octal for everything but letters, digits and harmless signs: a quote or newline cannot end the
   * text, a backslash cannot begin a Unicode escape, and a kernel sees no magic in a percent sign.
   */
  private static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    for (char letter : value.toCharArray()) {
      boolean plain =
          Character.isLetterOrDigit(letter) || " _-.,:;/+()[]{}<>=#@&*!?~'".indexOf(letter) >= 0;
      if (plain || letter > 0xff) {
        text.append(letter);
      } else {
        text.append(String.format(Locale.ROOT, "\\%03o", (int) letter));
      }
    }
    return text.toString();
  }
}
