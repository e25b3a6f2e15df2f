package org.soft4j.notebooks.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Cells as JJava 1.0a8 runs them; each ended there with status ok unless its name says otherwise.
 */
class CellCheckTest {
  private final JShell shell = JShell.builder().executionEngine("local").build();
  private final CellCheck check = new CellCheck(shell);

  CellCheckTest() {
    shell.onSnippetEvent(check::seen);
    said("import java.util.*;");
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void twoBareNamesDeclareAVariableAndTakeTheValueOfTheSecond() {
    assertEquals(List.of(), said("int a = 1; int b = 2;"));

    List<CellCheck.Notice> said = said("a\nb");

    assertEquals(
        "\"a b\" was read as the declaration of a variable b of the type a, and there is no class a."
            + " Nothing was computed or shown, and the value that b had is gone.",
        said.get(0).what());
    assertEquals(
        "To show both, write show(a); show(b); and give b its value again.", said.get(0).remedy());
    assertEquals(1, said.size());
  }

  @Test
  void aMisspeltTypeOfAVariableWithoutAValueIsNamed() {
    assertTrue(said("Lst<String> words;").get(0).what().contains("there is no class Lst"));
  }

  @Test
  void aClassDeclaredOtherwiseTakesTheValuesOfItsVariables() {
    said("class A {}\nA one = new A(); List<A> all = List.of(one); int n = 3;");
    assertEquals(List.of(), said("class A {}"), "the same text again takes nothing");

    List<CellCheck.Notice> said = said("class A { int size; }");

    assertEquals(2, said.size(), said::toString);
    assertEquals(
        "one is null now: this cell declared A again, which takes the values of its variables away.",
        said.get(0).what());
    assertTrue(said.get(1).what().startsWith("all is null now"), said::toString);
  }

  @Test
  void aVariableGivenItsValueAgainInTheSameCellIsNotSpokenOf() {
    said("class A {}\nA one = new A(); A two = new A();");

    assertEquals(List.of(), said("class A { int size; }\none = new A(); A two = new A();"));
  }

  @Test
  void aRecordWithAnotherConstructorLeavesItsVariablesUndeclared() {
    said("record P(int x) {}\nP p = new P(1);");

    assertTrue(
        said("record P(int x, int y) {}")
            .get(0)
            .what()
            .startsWith("p has lost its value, since this cell declared P otherwise:"));
  }

  @Test
  void aMethodWhoseCalleeIsMissingOrChangedIsNamedAndOneMendedInTheSameCellIsNot() {
    assertEquals(
        "f() cannot be used yet: there is no method g().",
        said("int f() { return g(); }").get(0).what());
    assertEquals(List.of(), said("int g() { return 1; }"));
    assertEquals(List.of(), said("int g() { return 2; }"), "f now calls the newer g");
    assertTrue(said("String g() { return \"\"; }").get(0).what().startsWith("f() no longer works"));
    assertEquals(
        List.of(),
        said(
            "int even(int n) { return n == 0 ? 1 : odd(n - 1); }"
                + " int odd(int n) { return n == 0 ? 0 : even(n - 1); }"));
  }

  @Test
  void aMethodThatAVariableOfAnotherTypeBreaksIsNamed() {
    said("int v = 5; int twice() { return 2 * v; }");

    assertTrue(said("String v = \"x\";").get(0).what().startsWith("twice() no longer works"));
  }

  @Test
  void afterAnErrorANumberThatIsNowZeroIsNamed() {
    said("int n = 5; String s = \"x\";");

    assertEquals(
        "n is 0 now: what was to give it a value did not come to its end.",
        said("int n = 1 / 0;").get(0).what());
    assertEquals(
        "s is null now: what was to give it a value did not come to its end.",
        said("String s = List.<String>of().get(0);").get(0).what());
    assertTrue(said("int fresh = 1 / 0;").get(0).what().startsWith("fresh is 0 now"));
    assertEquals(
        List.of(), said("String fresher = List.<String>of().get(0);"), "a use of it fails");
  }

  @Test
  void afterACompileErrorTheVariableThatWentWithItIsNamed() {
    said("String s = \"x\";");

    assertTrue(said("String s = nothing;").get(0).what().startsWith("s is no longer declared"));
  }

  @Test
  void afterACompileErrorInTheMiddleItIsSaidWhatRan() {
    assertEquals(
        "What stands above \"int bad = good.foo\" in this cell has run, and what stands below it has"
            + " not.",
        said("int good = 1;\nint bad = good.foo;\nint never = 3;").get(0).what());
    assertEquals(List.of(), said("int bad = good.foo;"), "the compiler's words are enough");
  }

  @Test
  void ordinaryCellsAreNotSpokenOf() {
    assertEquals(List.of(), said("int x = 1; x + 1"));
    assertEquals(List.of(), said("int x = 2;"));
    assertEquals(List.of(), said("double x = 2; x"));
    assertEquals(List.of(), said("int twice(int n) { return 2 * n; }\ntwice(2)"));
    assertEquals(List.of(), said("String empty; int zero; Object nothing = null;"));
    assertEquals(List.of(), said("for (int i = 0; i < 2; i++) { x += i; }"));
  }

  /** As JJava's CodeEvaluator: statement by statement, until one is rejected. */
  private List<CellCheck.Notice> said(String cell) {
    for (String left = cell; !left.isBlank(); ) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(left);
      boolean good = true;
      for (SnippetEvent event : shell.eval(next.source().strip())) {
        if (event.status() == Status.OVERWRITTEN) {
          shell.drop(event.snippet());
        }
        good &= event.causeSnippet() != null || event.status() != Status.REJECTED;
      }
      left = good ? next.remaining() : "";
    }
    return check.take();
  }
}
