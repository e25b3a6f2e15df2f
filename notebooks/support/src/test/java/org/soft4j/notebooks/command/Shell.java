package org.soft4j.notebooks.command;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Runs cells as the Java kernel does, in this JVM and on its class path. */
final class Shell implements AutoCloseable {
  private final JShell shell = JShell.builder().executionEngine("local").build();

  Shell() {
    shell.addToClasspath(System.getProperty("java.class.path"));
  }

  /** Runs all snippets of a cell; one that fails is an AssertionError that shows it. */
  void run(String cell) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    String left = cell;
    while (!left.isBlank()) {
      CompletionInfo next = analysis.analyzeCompletion(left);
      String snippet = next.source() == null ? left : next.source();
      evaluate(snippet);
      left = next.source() == null ? "" : next.remaining();
    }
  }

  private void evaluate(String snippet) {
    for (SnippetEvent event : shell.eval(snippet)) {
      if (event.exception() != null) {
        throw new AssertionError(snippet, event.exception());
      }
      if (event.causeSnippet() == null && event.status() != Snippet.Status.VALID) {
        List<String> reasons =
            shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList();
        throw new AssertionError(event.status() + " " + reasons + " in\n" + snippet);
      }
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
