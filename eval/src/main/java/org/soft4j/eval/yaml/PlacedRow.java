package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.soft4j.eval.Document;
import org.soft4j.eval.Shots;
import org.soft4j.lm.template.PythonValues;

/**
 * A row among the evaluated ones, with what is needed to write its context.
 *
 * @param plan of its task
 * @param index among the evaluated rows
 * @param row its values
 * @param asked doc_to_text; empty where each choice is a context of its own
 * @param question what is told of it to readers
 * @param writer of contexts
 * @param drawn examples of every row
 * @param count of examples that the task file asks for
 */
record PlacedRow(
    TaskPlan plan,
    int index,
    Row row,
    Optional<String> asked,
    String question,
    PromptWriter writer,
    Examples drawn,
    int count)
    implements Document {
  @Override
  public String id() {
    return plan.name() + "-" + index;
  }

  /** The harness puts no examples before a whole text. */
  @Override
  public int demonstrations(int shots) {
    return rolling() ? 0 : shots > 0 ? shots : count;
  }

  /** What one must know of the examples where others are asked for than the task file says. */
  @Override
  public List<String> notes(int shots) {
    return rolling() || demonstrations(shots) == count
        ? List.of()
        : drawn.notes(shots).stream().map(note -> "%s-shot: %s".formatted(shots, note)).toList();
  }

  private boolean rolling() {
    return plan.output() == TaskPlan.Output.LOGLIKELIHOOD_ROLLING;
  }

  /** The row as its set has it, and its answer as Python writes it. */
  @Override
  public Logged logged() {
    return new Logged(row.fields(), PythonValues.str(writer.own().targetOf(row)), counts());
  }

  private Set<String> counts() {
    if (plan.results().isPresent()) {
      return Set.of();
    }
    return switch (plan.output()) {
      case MULTIPLE_CHOICE -> Set.of("exact_match");
      case LOGLIKELIHOOD -> Set.of("acc");
      default -> Set.of();
    };
  }

  /** The context that asks with this text. */
  String context(Shots shots, String text) {
    int examples = demonstrations(shots.demonstrations().size());
    return writer.context(shots.form(), row, text, drawn.of(index, examples), asked.isEmpty());
  }
}
