package org.soft4j.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;

/**
 * A question with choices whose likelihoods a model gives.
 *
 * @param document what it is about
 * @param requests what is asked for all choices
 * @param choices texts, without the white space that joins them to the context
 * @param right numbers of the right choices, the best one first; empty where none is known
 * @param scorers of the likelihoods; the first one says which choice is the model's
 */
public record MultipleChoiceItem(
    Document document,
    Requests requests,
    List<String> choices,
    List<Integer> right,
    List<ChoiceScorer> scorers)
    implements TaskItem {
  /** What is asked of a model for the choices of a question: {@link RequestForm}, or more. */
  @FunctionalInterface
  public interface Requests {
    /** The requests for all choices. */
    List<TaskRequest> of(Shots shots, String question, List<String> choices);

    /** The choices with the scores that the answers give them. */
    default ScoredChoices scored(
        List<String> choices, List<Integer> right, List<TaskAnswer> answers) {
      return ScoredChoices.of(choices, right, answers);
    }
  }

  /** Copies the lists and checks the numbers. */
  public MultipleChoiceItem {
    choices = List.copyOf(choices);
    right = List.copyOf(right);
    scorers = List.copyOf(scorers);
    int count = choices.size();
    if (count == 0 || right.stream().anyMatch(number -> number < 0 || number >= count)) {
      throw new IllegalArgumentException(
          "item %s has %s choices, and the right ones are %s"
              .formatted(document.id(), count, right));
    }
  }

  /**
   * A question of which one choice is right, with the harness's {@code acc}, {@code acc_norm},
   * {@code acc_bytes} and {@code exact_match}.
   *
   * @param id unique within its task
   */
  public MultipleChoiceItem(
      String id, String question, RequestForm form, List<String> choices, int right) {
    this(
        Document.of(id, "", question, logged(id, question, choices, right)),
        form,
        choices,
        List.of(right),
        ChoiceScorer.STANDARD);
  }

  private static Document.Logged logged(
      String id, String question, List<String> choices, int right) {
    var fields = Document.Logged.of(id, "", question).fields();
    ArrayNode texts = fields.putArray("choices");
    choices.forEach(texts::add);
    return new Document.Logged(fields, String.valueOf(right));
  }

  @Override
  public Optional<String> answer() {
    return right.stream().findFirst().map(choices::get);
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    return requests.of(shots, question(), choices);
  }

  @Override
  public boolean gradedFromSample() {
    return scorers.stream().allMatch(Scorer::fromSample);
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    ScoredChoices scored = requests.scored(choices, right, answers);
    int chosen = scorers.get(0).choice(scored);
    return Scorer.grade(scorers, scored, choices.get(chosen));
  }
}
