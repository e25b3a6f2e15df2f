package org.soft4j.notebooks;

import java.util.function.Function;

/**
 * How values of a type are shown.
 *
 * @param type and its subtypes
 * @param draw may fail; {@link #of} does not
 */
public record View<T>(Class<T> type, Function<T, Shown> draw) {
  /** Shows a value; where drawing fails, as text that says so: a page must not end a session. */
  public Shown of(Object value) {
    try {
      return draw.apply(type.cast(value));
    } catch (RuntimeException | LinkageError | StackOverflowError fault) {
      return Shown.text("soft4j could not draw this value (" + name(fault) + "):\n" + text(value));
    }
  }

  private static String text(Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | LinkageError | StackOverflowError fault) {
      return value.getClass().getName() + ", whose text failed too (" + name(fault) + ")";
    }
  }

  private static String name(Throwable fault) {
    return fault.getClass().getSimpleName()
        + (fault.getMessage() == null ? "" : ": " + fault.getMessage());
  }
}
