package org.soft4j.notebooks;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.UserError;
import org.soft4j.lab.Labs;

/** What a cell may use without writing it: imports, {@code labs}, {@code show(value)}. */
public final class Prelude {
  /** Packages whose names a cell may use without an import. */
  static final List<String> PACKAGES =
      List.of(
          "java.nio.file",
          "java.util",
          "java.util.stream",
          "org.knowm.xchart",
          "org.soft4j.compare",
          "org.soft4j.core",
          "org.soft4j.datasets",
          "org.soft4j.datasets.micro",
          "org.soft4j.eval",
          "org.soft4j.evaluation",
          "org.soft4j.judging",
          "org.soft4j.lab",
          "org.soft4j.lm",
          "org.soft4j.lm.open",
          "org.soft4j.plot",
          "org.soft4j.run",
          "org.soft4j.soft",
          "org.soft4j.stages",
          "org.soft4j.study",
          "org.soft4j.table",
          "tech.tablesaw.api");

  private Prelude() {}

  /** The imports, one snippet each. */
  public static List<String> imports() {
    return PACKAGES.stream().map(name -> "import " + name + ".*;").toList();
  }

  /**
   * All snippets.
   *
   * @param watch an expression of type {@link Labs.Listener}
   * @param display a statement that shows {@code value} on the page
   */
  public static List<String> snippets(String watch, String display) {
    List<String> snippets = new ArrayList<>(imports());
    snippets.add("org.soft4j.lab.Labs labs = new org.soft4j.lab.Labs(" + watch + ");");
    // display returns an id, which would be shown too; and it refuses a null.
    snippets.add(
        "void show(Object shown) { Object value = shown == null ? \"null\" : shown; %s; }"
            .formatted(display));
    return List.copyOf(snippets);
  }

  /** A kernel shows the message of a cell's exception and nothing else that it holds. */
  public static void tellErrorsWhole() {
    System.setProperty(UserError.WHOLE_MESSAGE, "true");
  }

  /** Progress on the page; notes as lines below it. */
  public static Labs.Listener watch(Page page) {
    return new Labs.Listener(
        () -> new PageProgress(page, System::nanoTime), line -> System.out.println(line));
  }
}
