package org.soft4j.lm.template.value;

import java.util.Collection;
import java.util.Map;

/**
 * Bounds on the work of one rendering: a template comes with a model or a task, and so from
 * anywhere.
 */
public final class Bounds {
  /** Longest text and list that an expression may make. */
  public static final int CHARACTERS = 16_000_000;

  public static final int ELEMENTS = 100_000;

  /** A conversation of a thousand turns takes some 100,000 steps. */
  private static final int MOST_STEPS = 300_000;

  // What one step is worth, so that long values do not come cheaper than many short ones.
  private static final int CHARACTERS_PER_STEP = 1_000;
  private static final int ELEMENTS_PER_STEP = 100;

  private static final int MOST_CALLS = 100;

  private int steps;
  private int calls;

  /** Counts steps. */
  public void spend(int more) {
    steps += more;
    if (steps > MOST_STEPS) {
      throw new TemplateFault.TooMuch("loops without end");
    }
  }

  /** Counts the work of looking through a text. */
  void read(Object value) {
    if (value instanceof String text) {
      spend(text.length() / CHARACTERS_PER_STEP);
    } else if (value instanceof SafeText safe) {
      spend(safe.text().length() / CHARACTERS_PER_STEP);
    }
  }

  /** Counts the work that a value cost, and refuses one that is too long. */
  <T> T spent(T value) {
    read(value);
    if (value instanceof String text) {
      requireShort(text.length(), CHARACTERS);
    } else if (value instanceof SafeText safe) {
      requireShort(safe.text().length(), CHARACTERS);
    } else if (value instanceof Collection<?> list) {
      requireShort(list.size(), ELEMENTS);
      spend(list.size() / ELEMENTS_PER_STEP);
    } else if (value instanceof Map<?, ?> map) {
      requireShort(map.size(), ELEMENTS);
      spend(map.size() / ELEMENTS_PER_STEP);
    }
    return value;
  }

  /** Counts the macros and recursive loops that are within one another. */
  public void enter() {
    if (++calls > MOST_CALLS) {
      throw new TemplateFault.TooMuch("is nested too deeply");
    }
  }

  /** Ends what {@link #enter} began. */
  public void leave() {
    calls--;
  }

  /** Refuses a length above a bound. */
  public static void requireShort(long length, int most) {
    if (length > most) {
      throw new TemplateFault("a value of %s parts is longer than %s".formatted(length, most));
    }
  }
}
