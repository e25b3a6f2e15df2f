package org.soft4j.notebooks.command;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;

/**
 * The parameters of a notebook: the variables that its tagged cell declares, each with its type.
 *
 * @param types by name, in the order of the cell
 * @param sources the declaration of each
 * @param notebook for errors
 */
record Parameters(Map<String, String> types, Map<String, String> sources, String notebook) {
  /** Reads declarations such as {@code long seed = 1;} as the Java kernel would. */
  static Parameters of(String cell, String notebook) {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, String> sources = new LinkedHashMap<>();
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
      for (String left = cell; !left.isBlank(); ) {
        SourceCodeAnalysis.CompletionInfo next = analysis.analyzeCompletion(left);
        String declaration = next.source() == null ? left : next.source();
        analysis.sourceToSnippets(declaration).stream()
            .filter(VarSnippet.class::isInstance)
            .map(VarSnippet.class::cast)
            .forEach(
                variable -> {
                  types.put(variable.name(), variable.typeName());
                  sources.put(variable.name(), variable.source());
                });
        left = next.source() == null ? "" : next.remaining();
      }
    }
    return new Parameters(types, sources, notebook);
  }

  /**
   * Declarations that give parameters other values, of the same types. They come behind the cell,
   * so that what the cell computes from a parameter would keep the value it had: that is a
   * UserError.
   */
  String overridden(Map<String, String> values) {
    for (String name : types.keySet()) {
      Optional<String> older =
          values.keySet().stream()
              .filter(given -> !given.equals(name) && !values.containsKey(name))
              .filter(given -> mentions(initializer(name), given))
              .findFirst();
      if (older.isPresent()) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "%s computes %s from %s in its cell tagged \"parameters\", where -p %3$s is not known yet.",
                notebook,
                name,
                older.get()),
            "Give -p %s too, or move its declaration to a cell below.".formatted(name));
      }
    }
    return values.entrySet().stream()
        .map(e -> declaration(e.getKey(), e.getValue()))
        .collect(Collectors.joining("\n", "// given by -p\n", ""));
  }

  /**
   * The first parameter of these that a cell's text declares again; it would undo the value given.
   */
  static Optional<String> declaredAgain(String cell, Set<String> names) {
    Set<String> mentioned = new LinkedHashSet<>(names);
    mentioned.removeIf(name -> !mentions(cell, name));
    if (mentioned.isEmpty()) {
      return Optional.empty();
    }
    return of(cell, "").types().keySet().stream().filter(mentioned::contains).findFirst();
  }

  /** What gives a variable its value, without texts and comments, which name nothing. */
  private String initializer(String name) {
    String source = sources.get(name).replaceAll("\"(\\\\.|[^\"\\\\])*\"|//.*", "");
    // Of "int a = 1, b = 2;" each variable has the whole declaration.
    String others = String.join("|", types.keySet());
    Pattern own =
        Pattern.compile(
            "(?<![\\w.])%s\\s*=(.*?)(,\\s*(%s)\\s*[=,;]|$)".formatted(name, others),
            Pattern.DOTALL);
    Matcher found = own.matcher(source);
    return found.find() ? found.group(1) : "";
  }

  private static boolean mentions(String text, String name) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\w)").matcher(text).find();
  }

  private String declaration(String name, String value) {
    if (!types.containsKey(name)) {
      throw new UserError(
          "%s has no parameter \"%s\".%s"
              .formatted(notebook, name, DidYouMean.hint(name, types.keySet())),
          types.isEmpty()
              ? "Its cell tagged \"parameters\" declares no variable."
              : "Its parameters are %s.".formatted(String.join(", ", types.keySet())));
    }
    String type = types.get(name);
    return "%s %s = %s;".formatted(type, name, JavaLiteral.of(type, value, "-p " + name));
  }
}
