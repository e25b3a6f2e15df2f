package org.soft4j.notebooks.cells;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * What is said of one declaration.
 *
 * @param shell knows what it misses
 * @param snippet the declaration
 */
record Declared(JShell shell, DeclarationSnippet snippet) {
  private static final int MOST_LETTERS = 80;
  private static final Set<String> PRIMITIVES =
      Set.of("byte", "short", "int", "long", "float", "double", "boolean", "char");

  /** As a cell names it. */
  static String name(Snippet snippet) {
    if (snippet instanceof MethodSnippet method) {
      return method.name() + "(" + method.parameterTypes() + ")";
    }
    return snippet instanceof PersistentSnippet named ? named.name() : one(snippet.source());
  }

  static boolean primitive(VarSnippet variable) {
    return PRIMITIVES.contains(variable.typeName());
  }

  /** What JShell says of a variable that no initializer has set. */
  static String empty(VarSnippet variable) {
    return switch (variable.typeName()) {
      case "boolean" -> "false";
      case "float", "double" -> "0.0";
      case "char" -> "'\\000'";
      default -> primitive(variable) ? "0" : "null";
    };
  }

  /** {@code a} and {@code b} on two lines, or a misspelt type. */
  CellCheck.Notice unresolved(VarSnippet variable, boolean held) {
    String type = variable.typeName();
    String what =
        "\"%s\" was read as the declaration of a variable %s of the type %s, and %s. Nothing was computed or shown%s."
            .formatted(
                one(snippet.source()),
                name(snippet),
                type,
                missing(),
                held ? ", and the value that " + name(snippet) + " had is gone" : "");
    Optional<VarSnippet> same = shell.variables().filter(v -> v.name().equals(type)).findAny();
    return new CellCheck.Notice(
        what,
        same.isPresent()
            ? String.format(
                Locale.ROOT,
                "To show both, write show(%s); show(%s); and give %2$s its value again.",
                type,
                name(snippet))
            : "Check the spelling of the type, or import or declare it, and run the cell again.");
  }

  CellCheck.Notice incomplete() {
    return new CellCheck.Notice(
        "%s cannot be used yet: %s.".formatted(name(snippet), missing()),
        "Declare that first, in this cell or in one above it.");
  }

  CellCheck.Notice broken(String cause) {
    boolean variable = snippet instanceof VarSnippet;
    return new CellCheck.Notice(
        "%s %s, since this cell declared %s otherwise: %s."
            .formatted(
                name(snippet),
                variable ? "has lost its value" : "no longer works",
                cause,
                missing()),
        "Declare %s again so that it fits %s.".formatted(name(snippet), cause));
  }

  CellCheck.Notice emptied(VarSnippet variable, String cause) {
    return new CellCheck.Notice(
        "%s is %s now: this cell declared %s again, which takes the values of its variables away."
            .formatted(name(variable), empty(variable), cause),
        "Run the cell that gives %s its value again.".formatted(name(variable)));
  }

  CellCheck.Notice unfinished(VarSnippet variable) {
    return new CellCheck.Notice(
        "%s is %s now: what was to give it a value did not come to its end."
            .formatted(name(variable), empty(variable)),
        "Run the cell again once it can, before a cell that uses %s.".formatted(name(variable)));
  }

  CellCheck.Notice gone() {
    return new CellCheck.Notice(
        "%s is no longer declared: the declaration that was to replace it is wrong."
            .formatted(name(snippet)),
        "Mend it, or run the cell that declared %s before.".formatted(name(snippet)));
  }

  /** Java compiles a cell statement by statement. */
  static CellCheck.Notice halfway(Snippet wrong) {
    return new CellCheck.Notice(
        "What stands above \"%s\" in this cell has run, and what stands below it has not."
            .formatted(one(wrong.source())),
        "Mend it and run the cell again; what ran will run twice.");
  }

  private String missing() {
    List<String> names =
        Stream.of(snippet).flatMap(shell::unresolvedDependencies).distinct().toList();
    if (!names.isEmpty()) {
      return "there is no " + String.join(", no ", names);
    }
    String faults =
        shell
            .diagnostics(snippet)
            .map(fault -> one(fault.getMessage(null).lines().findFirst().orElse("")))
            .distinct()
            .collect(Collectors.joining("; "));
    return faults.isEmpty() ? "it could not be compiled" : faults;
  }

  private static String one(String source) {
    String line = source.strip().replaceAll("\\s+", " ").replaceAll(";$", "");
    return line.length() > MOST_LETTERS ? line.substring(0, MOST_LETTERS) + "…" : line;
  }
}
