package org.soft4j.notebooks.cells;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * Collects what JShell tells while a cell runs, and says at its end what the cell left undone or
 * took away. Kernels pass over it: a declaration that JShell could not complete counts as good, and
 * so does one that sets the variables of a class back to null. For one thread.
 */
public final class CellCheck {
  private final JShell shell;
  private final Map<Snippet, SnippetEvent> last = new IdentityHashMap<>();
  private final List<Snippet> order = new ArrayList<>();
  private boolean ran;

  /** Follows the cells of a shell. */
  public CellCheck(JShell shell) {
    this.shell = shell;
  }

  /** Takes one event. */
  public void seen(SnippetEvent event) {
    ran |= event.causeSnippet() == null && event.status().isDefined();
    if (event.snippet() instanceof DeclarationSnippet || event.status() == Status.REJECTED) {
      if (last.put(event.snippet(), event) == null) {
        order.add(event.snippet());
      }
    }
  }

  /** What is to be said at the end of a cell; begins anew. */
  public List<Notice> take() {
    Map<String, Notice> notices = new LinkedHashMap<>();
    for (Snippet snippet : order) {
      SnippetEvent event = last.get(snippet);
      notice(snippet, event)
          .ifPresent(notice -> notices.putIfAbsent(Declared.name(snippet), notice));
      if (event.status() == Status.REJECTED && ran) {
        notices.put("", Declared.halfway(snippet));
      }
    }
    last.clear();
    order.clear();
    ran = false;
    return List.copyOf(notices.values());
  }

  /** Shows on a page what is to be said at the end of a cell; begins anew. */
  public void end(Consumer<List<Notice>> page) {
    try {
      List<Notice> notices = take();
      if (!notices.isEmpty()) {
        page.accept(notices);
      }
    } catch (RuntimeException | LinkageError fault) {
      // An exception here would become that of the cell.
      System.err.println("soft4j: this cell could not be checked: " + fault);
    }
  }

  private Optional<Notice> notice(Snippet snippet, SnippetEvent event) {
    return switch (shell.status(snippet)) {
      case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> open(snippet, event);
      case REJECTED -> rejected(snippet, event);
      case VALID ->
          snippet instanceof VarSnippet variable ? reset(variable, event) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Notice> open(Snippet snippet, SnippetEvent event) {
    if (!(snippet instanceof DeclarationSnippet declaration)) {
      return Optional.empty();
    }
    Declared declared = new Declared(shell, declaration);
    if (event.causeSnippet() != null) {
      return Optional.of(declared.broken(Declared.name(event.causeSnippet())));
    }
    return Optional.of(
        snippet instanceof VarSnippet variable
            ? declared.unresolved(variable, held(event))
            : declared.incomplete());
  }

  /** The cell shows the compiler's words; that the older declaration went with it, it does not. */
  private Optional<Notice> rejected(Snippet snippet, SnippetEvent event) {
    return held(event) && snippet instanceof DeclarationSnippet declaration
        ? Optional.of(new Declared(shell, declaration).gone())
        : Optional.empty();
  }

  private Optional<Notice> reset(VarSnippet variable, SnippetEvent event) {
    boolean initialized =
        variable.subKind() == Snippet.SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND;
    boolean failed = event.exception() != null;
    boolean primitive = Declared.primitive(variable);
    boolean told =
        failed
            ? initialized && (held(event) || primitive)
            : event.causeSnippet() != null
                && event.isSignatureChange()
                && (held(event) || initialized);
    if (!told || !Declared.empty(variable).equals(shell.varValue(variable))) {
      return Optional.empty();
    }
    Declared declared = new Declared(shell, variable);
    return Optional.of(
        failed
            ? declared.unfinished(variable)
            : declared.emptied(variable, Declared.name(event.causeSnippet())));
  }

  private static boolean held(SnippetEvent event) {
    return event.previousStatus() == Status.VALID;
  }

  /**
   * Something that a cell did with status ok, or beside its error, and that its author may not
   * want.
   *
   * @param what in plain words, with the names it is about
   * @param remedy what to type
   */
  public record Notice(String what, String remedy) {}
}
