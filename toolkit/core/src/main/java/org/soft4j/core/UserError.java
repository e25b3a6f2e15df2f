package org.soft4j.core;

import java.util.Objects;

/**
 * A fault that the user can cause and can mend.
 *
 * <p>The message says what is wrong and which value was seen; the remedy says what is available and
 * what to type next. The command line prints both without a stack trace and exits with code 2.
 */
public final class UserError extends RuntimeException {
  /**
   * System property. Where it is "true", as in notebook kernels, which show the message and the
   * stack trace of an exception and nothing else, the message holds the remedy too, on a line of
   * its own, and there is no stack trace: the fault is in what was typed.
   */
  public static final String WHOLE_MESSAGE = "soft4j.error.whole";

  private static final long serialVersionUID = 1L;
  private static final int MOST_LETTERS = 2000;

  private final String problem;
  private final String remedy;

  /**
   * Makes an error with its remedy.
   *
   * @param problem what is wrong, with the value seen
   * @param remedy what to do about it
   */
  public UserError(String problem, String remedy) {
    this(problem, remedy, null);
  }

  /** Makes an error with its remedy and the exception that revealed it. */
  public UserError(String problem, String remedy, Throwable cause) {
    this(
        cut(Printable.line(cut(Objects.requireNonNull(problem, "problem")))),
        // Its own lines end without a return; one that stands there came with a name from a file.
        cut(Printable.text(cut(Objects.requireNonNull(remedy, "remedy")).replace("\r", "\\u000d"))),
        cause,
        Boolean.getBoolean(WHOLE_MESSAGE));
  }

  private UserError(String problem, String remedy, Throwable cause, boolean whole) {
    super(whole ? problem + "\n" + remedy : problem, whole ? null : cause, true, !whole);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Texts quote what stands in files; a damaged one shall not fill the screen. */
  private static String cut(String text) {
    return text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) + "…" : text;
  }

  /** What is wrong, and nothing else wherever it is shown. */
  public String problem() {
    return problem;
  }

  /** What the user can do about it. */
  public String remedy() {
    return remedy;
  }

  /** Problem and remedy, since a notebook shows nothing else of an exception. */
  @Override
  public String toString() {
    return "UserError: " + problem + " " + remedy;
  }
}
