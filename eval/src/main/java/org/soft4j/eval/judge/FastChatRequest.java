package org.soft4j.eval.judge;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;

/**
 * What is to be judged by FastChat's protocols, and how.
 *
 * @param answers of one model or several, to one question or many
 * @param prompts FastChat's
 * @param references right answers by question, one a turn, for the categories in which judges err
 *     without them
 * @param repeats how often each call is made; verdicts are then medians
 * @param temperature of the judge
 * @param maxTokens bound on each reply
 */
public record FastChatRequest(
    List<Answer> answers,
    FastChatPrompts prompts,
    Map<String, List<String>> references,
    int repeats,
    double temperature,
    int maxTokens) {
  // Source: FastChat, common.py: chat_completion_openai(temperature=0, max_tokens=2048).
  private static final int MAX_TOKENS = 2048;
  // Source: FastChat, common.py, NEED_REF_CATS.
  private static final Set<String> REFERENCED =
      Set.of("math", "reasoning", "coding", "arena-hard-200");

  public FastChatRequest {
    answers = List.copyOf(answers);
    references = Map.copyOf(references);
    if (repeats < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("repeats and maxTokens must be 1 or more");
    }
  }

  /** As FastChat judges: once, at temperature 0, within 2048 tokens. */
  public FastChatRequest(
      List<Answer> answers, FastChatPrompts prompts, Map<String, List<String>> references) {
    this(answers, prompts, references, 1, 0, MAX_TOKENS);
  }

  /** A turn, counted from 1, of the questions that are judged beside a reference or without. */
  record Pass(int turn, boolean reference) {
    /** FastChat's order. */
    static final List<Pass> ALL =
        List.of(new Pass(1, false), new Pass(1, true), new Pass(2, false), new Pass(2, true));
  }

  /** The models that answered, in order of their first answer. */
  Set<String> models() {
    Set<String> models = new LinkedHashSet<>();
    answers.forEach(answer -> models.add(answer.model()));
    return models;
  }

  /** The answers that are judged in a pass. */
  List<Answer> answers(Pass pass) {
    return answers.stream()
        .filter(answer -> REFERENCED.contains(answer.category()) == pass.reference)
        .filter(answer -> pass.turn == 1 || answer.question().size() == 2)
        .toList();
  }

  /**
   * The call that shows answers to one question.
   *
   * @param about what is judged, for people
   * @param shown answers by their field in the prompt: one is graded, two are compared
   */
  Call call(Pass pass, String about, Map<String, Answer> shown) {
    Answer any = new TreeMap<>(shown).firstEntry().getValue();
    Map<String, String> fields = new HashMap<>();
    put(fields, "question", any.question(), pass.turn);
    shown.forEach((field, answer) -> put(fields, field, answer.answer(), pass.turn));
    if (pass.reference) {
      List<String> right = reference(any, pass.turn);
      for (int turn = 1; turn <= pass.turn; turn++) {
        fields.put("ref_answer_" + turn, right.get(turn - 1));
      }
    }
    FastChatPrompts.Prompt prompt = prompts.of(shown.size() == 2, pass.reference, pass.turn);
    return new Call(
        prompt.name(),
        about,
        prompt.system(),
        prompt.fill(fields),
        temperature,
        maxTokens,
        List.of(),
        0);
  }

  /** One field in turn 1; the same name with _1 and _2 in turn 2. */
  private static void put(Map<String, String> fields, String name, List<String> turns, int turn) {
    if (turn == 1) {
      fields.put(name, turns.get(0));
    } else {
      fields.put(name + "_1", turns.get(0));
      fields.put(name + "_2", turns.get(1));
    }
  }

  private List<String> reference(Answer answer, int turns) {
    List<String> found = references.getOrDefault(answer.id(), List.of());
    if (found.size() < turns) {
      throw new UserError(
          "Question %s (%s) is judged beside a reference answer, and %s."
              .formatted(
                  answer.id(),
                  answer.category(),
                  found.isEmpty() ? "there is none" : "it has " + found.size() + " turn only"),
          "Give the reference answers with --references FILE (FastChat's reference_answer layout).");
    }
    return found;
  }
}
