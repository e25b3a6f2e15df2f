package org.soft4j.lm.template;

/** What is wrong with a template's source, or not supported in it, and where. */
final class TemplateSyntax extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 400;

  private final int place;

  TemplateSyntax(String problem, int place) {
    super(problem);
    this.place = place;
  }

  /** Says what, and in which line of the source. */
  String inLine(String source) {
    long line = 1 + source.substring(0, Math.min(place, source.length())).lines().count();
    boolean within = place > 0 && source.charAt(Math.min(place, source.length()) - 1) != '\n';
    return "line " + (within ? line - 1 : line) + ": " + shortened(getMessage());
  }

  /** A message that may hold a whole template, cut to what people read. */
  static String shortened(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
  }
}
