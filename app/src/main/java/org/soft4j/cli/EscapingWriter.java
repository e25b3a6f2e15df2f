package org.soft4j.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.soft4j.core.Printable;

/**
 * Everything that commands print goes through this writer, so that no name of a folder, model, task
 * or column and no word of a server moves a cursor or turns the reading direction.
 */
final class EscapingWriter extends FilterWriter {
  private EscapingWriter(Writer out) {
    super(out);
  }

  /** The same writer with everything escaped; flushed after each line. */
  static PrintWriter around(Writer out) {
    return new PrintWriter(new EscapingWriter(out), true);
  }

  @Override
  public void write(int letter) throws IOException {
    write(String.valueOf((char) letter), 0, 1);
  }

  @Override
  public void write(char[] letters, int from, int length) throws IOException {
    write(new String(letters, from, length), 0, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    out.write(Printable.text(text.substring(from, from + length)));
  }
}
