package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.tokenizer.ChatMessage;

/**
 * Writes contexts as the reference harness does: description, examples with their answers, and the
 * row itself, each a turn of a conversation or a piece of plain text.
 *
 * @param own form of the evaluated row
 * @param ownDelimiter between its question and its answer
 * @param example form of the examples
 * @param exampleDelimiter between an example's question and its answer
 * @param between after each example
 * @param description in front of everything
 */
record PromptWriter(
    RowForm own,
    String ownDelimiter,
    RowForm example,
    String exampleDelimiter,
    String between,
    Optional<Expression> description) {

  /** A turn; the delimiter follows it in plain text. */
  private record Turn(String role, String content, String delimiter) {}

  /** The context that asks with this question after these examples. */
  String context(ContextForm form, Row row, String question, List<Row> examples, boolean several) {
    List<Turn> turns = new ArrayList<>();
    description
        .map(field -> field.text(row))
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> turns.add(new Turn("system", text, "")));
    examples.forEach(other -> turns.addAll(answered(other, several)));
    Optional<String> prefix = own.prefixOf(row);
    String delimiter =
        prefix.isPresent() && apart(question, prefix.get()) && !several ? ownDelimiter : "";
    turns.add(new Turn("user", question, delimiter));
    prefix.ifPresent(text -> turns.add(new Turn("assistant", text, "")));
    return written(form, turns);
  }

  private List<Turn> answered(Row row, boolean several) {
    Optional<List<String>> choices = example.choicesOf(row);
    Object asked = example.textOf(row);
    Object target = example.targetOf(row);
    String question = asked instanceof Integer at ? choices.orElseThrow().get(at) : (String) asked;
    String answer = answer(row, several ? Optional.empty() : choices, target);
    Optional<String> prefix = example.prefixOf(row);
    String whole = prefix.map(text -> joined(text, answer)).orElse(answer);
    boolean delimited = prefix.isEmpty() ? !answer.isEmpty() : apart(question, prefix.get());
    return answer.isEmpty() && prefix.isEmpty()
        ? List.of(new Turn("user", question, ""))
        : List.of(
            new Turn("user", question, delimited ? exampleDelimiter : ""),
            new Turn("assistant", whole, answer.isEmpty() ? "" : between));
  }

  private static String answer(Row row, Optional<List<String>> choices, Object target) {
    if (target instanceof Integer at
        && choices.isPresent()
        && at >= 0
        && at < choices.get().size()) {
      return choices.get().get(at);
    }
    Object first = target instanceof List<?> list && !list.isEmpty() ? list.get(0) : target;
    if (first instanceof String text) {
      return text;
    }
    throw row.fault(
        "as an example it has no answer: doc_to_target gives " + target + ".",
        "Let doc_to_target give a text, or the number of a choice.");
  }

  private static String written(ContextForm form, List<Turn> turns) {
    List<ChatMessage> messages =
        turns.stream().map(turn -> new ChatMessage(turn.role(), turn.content())).toList();
    if (form.chatFormat().isPresent()) {
      if (messages.get(messages.size() - 1).role().equals("assistant")) {
        throw new UserError(
            "gen_prefix begins the model's turn, which a chat template cannot be asked for here.",
            "Leave --apply-chat-template out for this task.");
      }
      return form.chatFormat().get().render(messages);
    }
    StringBuilder text = new StringBuilder();
    turns.forEach(turn -> text.append(turn.content()).append(turn.delimiter()));
    return text.toString();
  }

  private static String joined(String prefix, String answer) {
    return answer.isEmpty() || !apart(prefix, answer) ? prefix + answer : prefix + " " + answer;
  }

  /** Whether neither side has white space where the two meet. */
  private static boolean apart(String before, String after) {
    return !before.isEmpty()
        && !PythonText.isSpace(before.codePointBefore(before.length()))
        && !PythonText.isSpace(after.codePointAt(0));
  }
}
