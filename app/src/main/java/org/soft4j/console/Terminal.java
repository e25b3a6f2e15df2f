package org.soft4j.console;

import java.util.Optional;
import java.util.OptionalInt;
import org.jline.nativ.CLibrary;
import org.jline.utils.WCWidth;

/** How much room a terminal has. */
public final class Terminal {
  private static final int OUTPUT = 1;
  private static final int ERROR_STREAM = 2;
  private static final int USUAL = 80;
  private static final int LEAST = 20;
  private static final int MOST = 400;

  private Terminal() {}

  /** Columns of the terminal that standard output goes to; empty for a file or a pipe. */
  public static OptionalInt ofOutput() {
    return asked(OUTPUT).stream().mapToInt(columns -> Math.max(LEAST, columns)).findFirst();
  }

  /**
   * Columns behind the error stream now, since a window may change its size; those of an old
   * terminal where unknown.
   */
  static int columns() {
    int known = asked(ERROR_STREAM).or(Terminal::exported).orElse(USUAL);
    return Math.max(LEAST, Math.min(MOST, known));
  }

  private static Optional<Integer> asked(int stream) {
    try {
      CLibrary.WinSize size = new CLibrary.WinSize();
      int fault = CLibrary.ioctl(stream, CLibrary.TIOCGWINSZ, size);
      return Optional.of((int) size.ws_col).filter(columns -> fault == 0 && columns > 0);
    } catch (RuntimeException | LinkageError unknownSystem) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> exported() {
    return Optional.ofNullable(System.getenv("COLUMNS"))
        .filter(text -> text.matches("[1-9]\\d{0,3}"))
        .map(Integer::valueOf);
  }

  /** Columns that a text takes; letters of some scripts take two. */
  static int width(String text) {
    return text.codePoints().map(letter -> Math.max(0, WCWidth.wcwidth(letter))).sum();
  }

  /** The beginning of a text that fits, with a sign that something is missing. */
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int left = columns - 1;
    for (int letter : text.codePoints().toArray()) {
      left -= Math.max(0, WCWidth.wcwidth(letter));
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(letter);
    }
    return kept.append('…').toString();
  }
}
