package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How answers are judged: the calls that a judge is to answer, and the judgments that its replies
 * make. A protocol is a value; {@link Judging} carries it out. FastChat's two are guided by a
 * reference answer in the categories that need one.
 */
public sealed interface Protocol<J, R extends Report> permits Single, Pairwise, AlpacaEval {
  /** How it is carried out. */
  Card card();

  /**
   * How a protocol is carried out.
   *
   * @param name as summary.json has it
   * @param repeats how often each call is made; verdicts are then medians
   * @param temperature of the judge
   */
  record Card(String name, int repeats, double temperature) {}

  /** What is judged, one by one and in a fixed order. */
  List<Trial<J>> trials();

  /**
   * One judgment to come.
   *
   * @param calls one for each order of the answers; none where the judgment needs no judge
   * @param reading makes the judgment of the replies
   */
  record Trial<J>(List<Call> calls, Reading<J> reading) {}

  /** Makes a judgment of replies. */
  @FunctionalInterface
  interface Reading<J> {
    /**
     * The judgment.
     *
     * @param replies to every call, each as often as it was made
     * @param verdicts reads and counts
     * @param judge its name
     */
    J judgment(List<List<Reply>> replies, VerdictReader verdicts, String judge);
  }

  /** Rows that cannot be judged as they should, counted; none where all is in order. */
  default Map<String, Integer> oddRows() {
    return Map.of();
  }

  /** Sums up the judgments. */
  R report(List<J> judgments);

  /** Writes the judgments into a folder as the protocol's own tool does. */
  void write(Path folder, String judge, List<J> judgments);

  /** All calls, in a fixed order; equal ones need one reply. */
  default List<Call> calls() {
    return trials().stream()
        .flatMap(trial -> trial.calls().stream())
        .flatMap(call -> repeated(call).stream())
        .toList();
  }

  /** The judgments, in a fixed order, given the reply to every call. */
  default List<J> judgments(Function<Call, Reply> reply, VerdictReader verdicts, String judge) {
    return trials().stream()
        .map(
            trial ->
                trial.reading.judgment(
                    trial.calls.stream()
                        .map(call -> repeated(call).stream().map(reply).toList())
                        .toList(),
                    verdicts,
                    judge))
        .toList();
  }

  private List<Call> repeated(Call call) {
    return IntStream.range(0, card().repeats()).mapToObj(call::again).toList();
  }
}
