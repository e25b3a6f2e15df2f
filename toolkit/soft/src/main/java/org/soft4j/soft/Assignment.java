package org.soft4j.soft;

import org.soft4j.core.UserError;

/**
 * An option as it is typed: {@code key=value}.
 *
 * @param key dotted, such as {@code training.rank}
 * @param value as typed
 */
public record Assignment(String key, String value) {
  /** Takes the two sides of the first equals sign, without the blanks around them. */
  public static Assignment parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new UserError(
          "\"%s\" is not of the form key=value.".formatted(text), "Write --set training.rank=4.");
    }
    return new Assignment(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }
}
