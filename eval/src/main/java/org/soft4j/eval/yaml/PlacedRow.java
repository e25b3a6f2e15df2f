package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.soft4j.eval.ItemDocument;
import org.soft4j.eval.Shots;
import org.soft4j.lm.template.PythonValues;

/**
 * A row among the evaluated ones, with what is needed to write its context.
 *
 * @param id unique within the task
 * @param index among the evaluated rows
 * @param row its values
 * @param question doc_to_text; empty where each choice is a context of its own
 * @param writer of contexts
 * @param drawn examples of every row
 * @param count of examples that the task file asks for
 */
record PlacedRow(
    String id,
    int index,
    Row row,
    Optional<String> question,
    PromptWriter writer,
    Examples drawn,
    int count) {
  /** How many examples stand before it when so many demonstrations are asked for. */
  int examples(int asked) {
    return asked > 0 ? asked : count;
  }

  /** What one must know of the examples where others are asked for than the task file says. */
  List<String> notes(int shots) {
    return examples(shots) == count
        ? List.of()
        : drawn.notes(shots).stream().map(note -> "%d-shot: %s".formatted(shots, note)).toList();
  }

  /** The row as its set has it, and its answer as Python writes it. */
  ItemDocument document(Set<String> counts) {
    return new ItemDocument(row.fields(), PythonValues.str(writer.own().targetOf(row)), counts);
  }

  String context(Shots shots, String asked) {
    int examples = examples(shots.demonstrations().size());
    return writer.context(shots.form(), row, asked, drawn.of(index, examples), question.isEmpty());
  }
}
