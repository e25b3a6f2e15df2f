package org.soft4j.lm.local;

import java.util.List;
import java.util.function.Consumer;

/** Tells a growing text piece by piece, as far as it will stay as it is. */
final class TextStream {
  /** What stands for bytes that are no letter yet. */
  private static final char INCOMPLETE = '\ufffd';

  private final List<String> stops;
  private final Consumer<String> sink;
  private String told = "";

  /**
   * A text of which nothing has been told.
   *
   * @param stops end the text; none of them may be told in part
   */
  TextStream(List<String> stops, Consumer<String> sink) {
    this.stops = stops;
    this.sink = sink;
  }

  /** Hears all of the text so far. */
  void sofar(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == INCOMPLETE) {
      end--;
    }
    for (String stop : stops) {
      end = Math.min(end, beginningOf(stop, text));
    }
    tell(text.substring(0, end));
  }

  /** Hears the text as it stays. */
  void whole(String text) {
    tell(text);
  }

  /** Where the end of a text may be the beginning of a stop; its length where it is none. */
  private static int beginningOf(String stop, String text) {
    for (int from = Math.max(0, text.length() - stop.length() + 1); from < text.length(); from++) {
      if (text.startsWith(stop.substring(0, text.length() - from), from)) {
        return from;
      }
    }
    return text.length();
  }

  private void tell(String text) {
    if (text.length() > told.length() && text.startsWith(told)) {
      sink.accept(text.substring(told.length()));
      told = text;
    }
  }
}
