package org.soft4j.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.Sampling;

/**
 * A conversation of one or more turns whose answers a model writes. A later turn's context holds
 * the earlier turns as demonstrations hold theirs.
 *
 * @param document what it is about
 * @param turns what the user says
 * @param form writes the context of a turn
 * @param writing how answers are written
 * @param answer a right one, for readers of reports; empty where none is known
 * @param filters by name, what each takes from the answers
 * @param scorers of the answers, in the order of the turns or of the repeats
 */
public record WritingItem(
    Document document,
    List<String> turns,
    RequestForm form,
    Writing writing,
    Optional<String> answer,
    Map<String, UnaryOperator<List<String>>> filters,
    List<Scorer<List<TaskAnswer.Writing>>> scorers)
    implements TaskItem {
  /**
   * How answers are written.
   *
   * @param sampling of every answer
   * @param maxNewTokens bound on every answer
   * @param stopStrings that end an answer, besides the model's stop tokens
   * @param seed of the draws, each turn's and each repeat's its own
   * @param overlong what becomes of a context that leaves too little room
   * @param repeats how many answers are written to the only turn
   */
  public record Writing(
      Sampling sampling,
      int maxNewTokens,
      List<String> stopStrings,
      long seed,
      Overlong overlong,
      int repeats) {
    /** Copies the list. */
    public Writing {
      stopStrings = List.copyOf(stopStrings);
    }

    /** One answer, whose context stays whole. */
    public Writing(Sampling sampling, int maxNewTokens, List<String> stopStrings, long seed) {
      this(sampling, maxNewTokens, stopStrings, seed, Overlong.KEEP, 1);
    }

    GenerationRequest request(String context, long apart) {
      return new GenerationRequest(
          context, sampling, maxNewTokens, stopStrings, seed + apart, overlong);
    }
  }

  /**
   * Words of an answer ({@code words}) and the share that the model ended by itself ({@code
   * ended}), for answers that have no key and are kept for a judge.
   */
  public static final Scorer<List<TaskAnswer.Writing>> LENGTH =
      new Scorer<>() {
        @Override
        public Map<String, Double> values(List<TaskAnswer.Writing> answers) {
          double words = answers.stream().mapToInt(a -> Words.count(a.text())).sum();
          double ended = answers.stream().mapToInt(a -> a.ended() ? 1 : 0).sum();
          return Map.of("words", words / answers.size(), "ended", ended / answers.size());
        }

        @Override
        public boolean fromSample() {
          return false;
        }
      };

  private static final long REPEATS_APART = 1_000_000_007L;

  /** Copies lists and map. */
  public WritingItem {
    turns = List.copyOf(turns);
    filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
    scorers = List.copyOf(scorers);
    if (turns.isEmpty() || turns.size() > 1 && writing.repeats() > 1) {
      throw new IllegalArgumentException(
          "item %s has %s turns and %s repeats"
              .formatted(document.id(), turns.size(), writing.repeats()));
    }
  }

  /**
   * A conversation whose answers have no key: they are kept for a judge, and {@link #LENGTH} is
   * measured.
   *
   * @param category for tables by category; empty for none
   */
  public WritingItem(String id, String category, List<String> turns, Writing writing) {
    this(
        Document.of(id, category, turns.get(0)),
        turns,
        Shots::context,
        writing,
        Optional.empty(),
        Map.of(),
        List.of(LENGTH));
  }

  /**
   * A prompt whose greedy answer is judged by a rule.
   *
   * @param rule gives the metrics of a text
   */
  public WritingItem(
      Prompt prompt,
      int maxNewTokens,
      List<String> stopStrings,
      Function<String, Map<String, Double>> rule) {
    this(
        Document.of(prompt.id(), "", prompt.text()),
        List.of(prompt.text()),
        Shots::context,
        new Writing(Sampling.GREEDY, maxNewTokens, stopStrings, 0),
        Optional.empty(),
        Map.of(),
        List.of(answers -> rule.apply(answers.get(0).text())));
  }

  @Override
  public int repeats() {
    return writing.repeats();
  }

  @Override
  public List<String> filtered(String filter, List<String> texts) {
    return filters.getOrDefault(filter, UnaryOperator.identity()).apply(texts);
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String context = form.context(shots, turns.get(0));
    // Greedy answers are the same whatever the seed, and asked for once.
    long apart = writing.sampling().greedy() ? 0 : REPEATS_APART;
    return IntStream.range(0, writing.repeats())
        .<TaskRequest>mapToObj(
            repeat -> new TaskRequest.Writing(writing.request(context, apart * repeat)))
        .toList();
  }

  @Override
  public List<TaskRequest> followUp(Shots shots, List<TaskAnswer> answers) {
    int turn = answers.size();
    if (turn >= turns.size()) {
      return List.of();
    }
    List<Demonstration> before = new ArrayList<>(shots.demonstrations());
    for (int i = 0; i < turn; i++) {
      String said = TaskAnswer.text(answers.get(i));
      // A template needs something to write where the model has said nothing.
      String spoken = said.isBlank() ? "..." : said;
      before.add(new Demonstration(id() + "-" + (i + 1), category(), turns.get(i), spoken));
    }
    String context = form.context(new Shots(before, shots.form()), turns.get(turn));
    return List.of(new TaskRequest.Writing(writing.request(context, turn)));
  }

  @Override
  public boolean gradedFromSample() {
    return scorers.stream().allMatch(Scorer::fromSample);
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    List<TaskAnswer.Writing> written =
        answers.stream().map(TaskAnswer.Writing.class::cast).toList();
    return Scorer.grade(scorers, written, written.get(turns.size() - 1).text());
  }
}
