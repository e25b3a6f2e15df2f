package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/**
 * A conversation of one or more turns whose answers have no key: they are written and kept for a
 * judge. Without one, their length in words ({@code words}) and the share that the model ended by
 * itself ({@code ended}) are measured.
 *
 * <p>A later turn's context holds the earlier turns as demonstrations hold theirs.
 *
 * @param id unique within its task
 * @param category for tables by category; empty for none
 * @param turns what the user says
 * @param sampling of every answer
 * @param maxNewTokens bound on every answer
 * @param stopStrings that end an answer, besides the model's stop tokens
 * @param seed of the draws
 */
public record OpenEndedItem(
    String id,
    String category,
    List<String> turns,
    Sampling sampling,
    int maxNewTokens,
    List<String> stopStrings,
    long seed)
    implements TaskItem {
  /** Copies the lists. */
  public OpenEndedItem {
    turns = List.copyOf(turns);
    stopStrings = List.copyOf(stopStrings);
  }

  @Override
  public String question() {
    return turns.get(0);
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    return List.of(request(shots, List.of()));
  }

  @Override
  public List<TaskRequest> followUp(Shots shots, List<TaskAnswer> answers) {
    return answers.size() < turns.size() ? List.of(request(shots, answers)) : List.of();
  }

  private TaskRequest request(Shots shots, List<TaskAnswer> answers) {
    List<Demonstration> before = new ArrayList<>(shots.demonstrations());
    IntStream.range(0, answers.size())
        .forEach(
            turn ->
                before.add(
                    new Demonstration(
                        id + "-" + (turn + 1),
                        category,
                        turns.get(turn),
                        spoken(Answers.text(answers.get(turn))))));
    String context = shots.form().context(before, turns.get(answers.size()));
    return new TaskRequest.Writing(
        new GenerationRequest(context, sampling, maxNewTokens, stopStrings, seed + answers.size()));
  }

  /** A template needs something to write where the model has said nothing. */
  private static String spoken(String answer) {
    return answer.isBlank() ? "..." : answer;
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    double words = answers.stream().mapToInt(a -> Words.count(Answers.text(a))).sum();
    double ended = answers.stream().mapToInt(a -> ((TaskAnswer.Writing) a).ended() ? 1 : 0).sum();
    return new Grade(
        Map.of("words", words / answers.size(), "ended", ended / answers.size()),
        Answers.text(answers.get(answers.size() - 1)));
  }
}
