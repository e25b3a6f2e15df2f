package org.soft4j.notebooks.cells;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;

/**
 * What is known of the name at the cursor: the signatures of all that are called so, each with its
 * Javadoc where its source is at hand.
 */
public final class Documentation {
  private static final int MOST = 12;

  private final SourceCodeAnalysis java;

  /** Of a shell, which knows what cells have declared. */
  public Documentation(JShell shell) {
    java = shell.sourceCodeAnalysis();
  }

  /**
   * Lets the shell look for Javadoc in these places too. JShell itself knows the JDK's src.zip
   * alone and offers no way to add one.
   *
   * @param sources folders and archives of sources
   * @throws IllegalStateException where this JShell is built otherwise
   */
  public void addSources(List<Path> sources) {
    List<Path> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "lib", "src.zip"));
    all.addAll(sources);
    all.removeIf(Files::notExists);
    try {
      Field places = java.getClass().getDeclaredField("availableSources");
      places.setAccessible(true);
      places.set(java, all);
    } catch (ReflectiveOperationException otherwise) {
      throw new IllegalStateException("JShell has no place for sources", otherwise);
    }
  }

  /**
   * The sources that this process can find: those of soft4j's folder, and archives called
   * NAME-sources.jar beside NAME.jar on a class path.
   */
  public static List<Path> sources(Optional<Path> home, String classPath) {
    List<Path> found = new ArrayList<>();
    home.ifPresent(
        folder ->
            Stream.of(
                    "toolkit/core",
                    "toolkit/lm",
                    "toolkit/soft",
                    "datasets",
                    "eval",
                    "benchmarks",
                    "app",
                    "notebooks/support")
                .map(module -> folder.resolve(module).resolve("src/main/java"))
                .forEach(found::add));
    Stream.of(classPath.split(File.pathSeparator))
        .filter(jar -> jar.endsWith(".jar"))
        .map(jar -> Path.of(jar.replaceAll("\\.jar$", "-sources.jar")))
        .forEach(found::add);
    found.removeIf(Files::notExists);
    return found;
  }

  /** The text for a page; empty where the name is unknown. */
  public Optional<String> at(String code, int cursor) {
    int end = Math.max(0, Math.min(cursor, code.length()));
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    String upTo = code.substring(0, end);
    String snippet = last(upTo);
    // Of a method JShell knows something only where its arguments begin.
    List<SourceCodeAnalysis.Documentation> found =
        Stream.of(snippet, snippet + "(")
            .flatMap(text -> Stream.of(true, false).map(comments -> of(text, comments)))
            .filter(entries -> !entries.isEmpty())
            .findFirst()
            .orElse(List.of());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String text =
        found.stream()
            .limit(MOST)
            .map(entry -> entry.signature() + JavadocText.below(entry.javadoc()))
            .distinct()
            .collect(Collectors.joining("\n\n"));
    int more = found.size() - MOST;
    return Optional.of(more > 0 ? text + "\n\nand " + more + " more" : text);
  }

  private List<SourceCodeAnalysis.Documentation> of(String snippet, boolean comments) {
    return java.documentation(snippet, snippet.length(), comments);
  }

  /** What JShell would run last: a page's cell has several snippets. */
  private String last(String code) {
    String left = code;
    while (true) {
      SourceCodeAnalysis.CompletionInfo next = java.analyzeCompletion(left);
      if (!next.completeness().isComplete() || next.remaining().isBlank()) {
        return left;
      }
      left = next.remaining();
    }
  }
}
