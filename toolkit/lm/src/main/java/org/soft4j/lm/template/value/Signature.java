package org.soft4j.lm.template.value;

import java.util.List;
import java.util.Set;

/**
 * What a callee is called and takes.
 *
 * @param caller as error messages name it
 * @param parameters in their order
 * @param named whether they may be given by name too
 * @param any whether it takes whatever it is given, and looks at that itself
 */
record Signature(String caller, List<String> parameters, boolean named, boolean any) {
  static final Signature ANY = new Signature("a call", List.of(), true, true);

  /**
   * Reads a signature as Python's documentation writes it: {@code replace(old, new, count)}, or
   * {@code find(part, /)} where names are not allowed, or {@code format(*)} for anything.
   *
   * @param kind what stands before the name in messages
   */
  static Signature of(String kind, String written) {
    String inner = written.substring(nameOf(written).length() + 1, written.length() - 1);
    boolean placed = inner.endsWith(", /");
    String names = placed ? inner.substring(0, inner.length() - 3) : inner;
    return new Signature(
        kind + nameOf(written),
        names.isEmpty() || names.equals("*") ? List.of() : List.of(names.split(", ")),
        !placed,
        names.equals("*"));
  }

  static String nameOf(String written) {
    return written.substring(0, written.indexOf('('));
  }

  /** Refuses arguments that the callee does not take, which would be lost or given twice. */
  void check(Arguments given) {
    boolean fits =
        given.placed().size() <= parameters.size()
            && (given.named().isEmpty() || (named && fit(given.named().keySet(), given)));
    if (!fits && !any) {
      throw new TemplateFault(
          caller + " is called with arguments that are not supported: " + given);
    }
  }

  private boolean fit(Set<String> names, Arguments given) {
    return parameters.containsAll(names)
        && parameters.stream().limit(given.placed().size()).noneMatch(names::contains);
  }
}
