package org.soft4j.lm.template.value;

/** Why a template cannot be rendered; the statement in which it happens adds its line. */
public class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private int line;

  public TemplateFault(String message) {
    super(message, null, false, false);
  }

  /** Notes the line of the innermost statement. */
  public TemplateFault in(int where) {
    line = line == 0 ? where : line;
    return this;
  }

  /** The line, counted from 1, or 0 where no statement was run. */
  public int line() {
    return line;
  }

  /** What a template's own raise_exception says. */
  public static final class Refusal extends TemplateFault {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
      super(message);
    }
  }

  /** The template does more than any real one does. */
  public static final class TooMuch extends TemplateFault {
    private static final long serialVersionUID = 1L;

    public TooMuch(String how) {
      super(how);
    }
  }
}
