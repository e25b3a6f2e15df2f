package org.soft4j.lm.template.value;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Bounds on the work of one rendering: a template comes with a model or a task, and so from
 * anywhere. Texts grow in a {@link TextBuilder}, lists by {@link #add}, and what takes long is paid
 * for in steps before it is done.
 */
public class Bounds {
  /** Longest text and list that an expression may make. */
  public static final int CHARACTERS = 16_000_000;

  public static final int ELEMENTS = 100_000;

  /** A conversation of a thousand turns takes some 100,000 steps. */
  private static final int MOST_STEPS = 300_000;

  // What one step is worth, so that long values do not come cheaper than many short ones.
  private static final int CHARACTERS_PER_STEP = 1_000;
  private static final int ELEMENTS_PER_STEP = 100;
  // A text is sought by comparing it at every place: a long one pays for its length.
  private static final int SOUGHT_PER_STEP = 16;

  private static final int MOST_CALLS = 100;

  private long steps;
  private int calls;

  Bounds() {}

  /** Counts steps. */
  public void spend(long more) {
    steps += more;
    if (steps > MOST_STEPS) {
      throw new TemplateFault.TooMuch("loops without end");
    }
  }

  /** Counts the work of looking through a value, where it is a text, and gives it on. */
  public <T> T read(T value) {
    if (SafeText.isText(value)) {
      spend(Repr.str(value).length() / CHARACTERS_PER_STEP);
    }
    return value;
  }

  /** Counts the work of going through so many elements. */
  void readAll(int elements) {
    spend(elements / ELEMENTS_PER_STEP);
  }

  /** Counts the work of looking for a text in another, beyond that of reading this once. */
  public void seek(String text, String part) {
    long times = part.length() / SOUGHT_PER_STEP;
    spend(text.length() * times / CHARACTERS_PER_STEP);
  }

  /** Counts the work that a value cost, and refuses one that is too long. */
  public <T> T spent(T value) {
    if (SafeText.isText(value)) {
      read(value);
      requireShort(Repr.str(value).length(), CHARACTERS);
    } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      int size = (int) Iteration.length(value);
      requireShort(size, ELEMENTS);
      readAll(size);
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

  /** Adds to a list that a template makes. */
  public static void add(List<Object> list, Object value) {
    requireShort(list.size() + 1L, ELEMENTS);
    list.add(value);
  }

  /** Refuses a length above a bound. */
  public static void requireShort(long length, int most) {
    if (length > most) {
      throw new TemplateFault("a value of %s parts is longer than %s".formatted(length, most));
    }
  }
}
