package org.soft4j.error;

import java.util.Objects;

/**
 * A fault that the user can cause and can mend.
 *
 * <p>The message says what is wrong and which value was seen; the remedy says what is available and
 * what to type next. The command line prints both without a stack trace and exits with code 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
    super(Objects.requireNonNull(problem, "problem"), cause);
    this.remedy = Objects.requireNonNull(remedy, "remedy");
  }

  /** What the user can do about it. */
  public String remedy() {
    return remedy;
  }

  /** Problem and remedy, since a notebook shows nothing else of an exception. */
  @Override
  public String toString() {
    return "UserError: " + getMessage() + " " + remedy;
  }
}
