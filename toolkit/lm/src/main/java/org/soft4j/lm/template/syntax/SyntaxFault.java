package org.soft4j.lm.template.syntax;

/** What is wrong with a template's source, or not supported in it, and in which line. */
public final class SyntaxFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  SyntaxFault(String problem, int line) {
    super(problem, null, false, false);
    this.line = line;
  }

  /** The line, counted from 1. */
  public int line() {
    return line;
  }
}
