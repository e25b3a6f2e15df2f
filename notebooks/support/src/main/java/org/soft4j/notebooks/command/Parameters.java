package org.soft4j.notebooks.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import org.soft4j.error.UserError;
import org.soft4j.run.DidYouMean;

/**
 * The parameters of a notebook: the variables that its tagged cell declares, each with its type.
 *
 * @param types by name, in the order of the cell
 * @param notebook for errors
 */
record Parameters(Map<String, String> types, String notebook) {
  /** Reads declarations such as {@code long seed = 1;} as the Java kernel would. */
  static Parameters of(String cell, String notebook) {
    Map<String, String> types = new LinkedHashMap<>();
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
      for (String left = cell; !left.isBlank(); ) {
        SourceCodeAnalysis.CompletionInfo next = analysis.analyzeCompletion(left);
        String declaration = next.source() == null ? left : next.source();
        analysis.sourceToSnippets(declaration).stream()
            .filter(VarSnippet.class::isInstance)
            .map(VarSnippet.class::cast)
            .forEach(variable -> types.put(variable.name(), variable.typeName()));
        left = next.source() == null ? "" : next.remaining();
      }
    }
    return new Parameters(types, notebook);
  }

  /** Declarations that give parameters other values, of the same types. */
  String overridden(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> declaration(e.getKey(), e.getValue()))
        .collect(Collectors.joining("\n", "// given by -p\n", ""));
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
