package org.soft4j.eval;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an item is about: one row of a data set, which lm-evaluation-harness calls a document. */
public interface Document {
  /** Unique within its task. */
  String id();

  /** What the question is about, for tables by category; empty where the benchmark has none. */
  default String category() {
    return "";
  }

  /** What is asked, for reports and for keeping training prompts apart from benchmarks. */
  String question();

  /** The row as its set has it, for the files of the reference harness. */
  default Logged logged() {
    return Logged.of(id(), category(), question());
  }

  /**
   * How many demonstrations stand before it when so many are asked for; a row with examples of its
   * own may have others.
   */
  default int demonstrations(int asked) {
    return asked;
  }

  /**
   * What one must know of the demonstrations of all items of its task at so many shots, besides
   * what its card says.
   */
  default List<String> notes(int shots) {
    return List.of();
  }

  /** A document without a row of its own. */
  static Document of(String id, String category, String question) {
    return new Plain(id, category, question, Optional.empty());
  }

  /** A document that the harness has too. */
  static Document of(String id, String category, String question, Logged logged) {
    return new Plain(id, category, question, Optional.of(logged));
  }

  /** A document that is known whole. */
  record Plain(String id, String category, String question, Optional<Logged> row)
      implements Document {
    @Override
    public Logged logged() {
      return row.orElseGet(Document.super::logged);
    }
  }

  /**
   * What lm-evaluation-harness logs as {@code doc} and {@code target}, so that its files and ours
   * can be joined by the digest of the document.
   *
   * @param fields in the order of the set's columns
   * @param target the right answer in the harness's words, such as a choice's index; one blank
   *     where there is none
   * @param counts names of metrics that the harness writes as whole numbers
   */
  record Logged(ObjectNode fields, String target, Set<String> counts) {
    /** What the harness has for the target of a task without one. */
    public static final String NO_TARGET = " ";

    /** Copies the fields. */
    public Logged {
      fields = fields.deepCopy();
      counts = Set.copyOf(counts);
    }

    /** A row whose metrics are all fractions. */
    public Logged(ObjectNode fields, String target) {
      this(fields, target, Set.of());
    }

    /** What is known of any document: id, category where there is one, question. */
    public static Logged of(String id, String category, String question) {
      ObjectNode fields = JsonNodeFactory.instance.objectNode().put("id", id);
      if (!category.isEmpty()) {
        fields.put("category", category);
      }
      return new Logged(fields.put("question", question), NO_TARGET);
    }
  }
}
