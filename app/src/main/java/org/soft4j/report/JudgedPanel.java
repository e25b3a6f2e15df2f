package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.TaskFiles;

/**
 * Open answers side by side, the base model's and those of the round that stands for the run, with
 * what a judge said of them; zero-shot, from the samples and the judgements.
 */
public final class JudgedPanel {
  private static final int SHOWN = 6;

  private JudgedPanel() {}

  /** The body. */
  public record Body(List<Benchmark> benchmarks) {}

  /**
   * A benchmark.
   *
   * @param name of the task
   * @param note who judged, or that nobody did
   * @param questions a few, evenly spaced
   */
  public record Benchmark(String name, String note, List<Question> questions) {}

  /**
   * A question with its answers.
   *
   * @param category empty where the benchmark has none
   * @param text what was asked
   * @param sides the base model first
   */
  public record Question(String category, String text, List<Side> sides) {}

  /**
   * An answer.
   *
   * @param who wrote it
   * @param answer as it was written
   * @param verdict the judge's score or preference; empty without one
   * @param judgment the judge's words; empty without them
   */
  public record Side(String who, String answer, String verdict, String judgment) {}

  static Optional<ReportPage.Panel> of(RunReader files) {
    List<Benchmark> benchmarks =
        files.benchmarks().stream()
            .filter(name -> files.task(name).stream().anyMatch(JudgedPanel::open))
            .flatMap(name -> benchmark(files, name).stream())
            .toList();
    return benchmarks.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReportPage.Panel("judged", "Answers side by side", new Body(benchmarks)));
  }

  /** Whether a task's answers are for a judge, and neither right nor wrong by themselves. */
  static boolean open(TaskFiles.Described task) {
    return task.card().metrics().stream().map(MetricCard::name).anyMatch("judge_unread"::equals);
  }

  private static Optional<Benchmark> benchmark(RunReader files, String name) {
    int last = files.shown();
    List<Integer> rounds = last == 0 ? List.of(0) : List.of(0, last);
    ItemCards cards = ItemCards.of(files, name);
    List<String> items = List.copyOf(files.samples(last, name, 0).keySet());
    if (items.isEmpty()) {
      return Optional.empty();
    }
    List<Judgments> judgments = rounds.stream().map(r -> Judgments.read(files, r, name)).toList();
    List<Question> questions =
        Spread.over(items, SHOWN).stream()
            .map(
                item ->
                    new Question(
                        cards.category(item),
                        cards.question(item),
                        sides(files, name, item, rounds, judgments, cards)))
            .toList();
    List<String> odd =
        rounds.stream()
            .flatMap(r -> Judgments.odd(files, r, name).stream().map(o -> who(files, r) + o))
            .toList();
    return Optional.of(
        new Benchmark(
            name,
            String.join(" ", Stream.concat(Stream.of(note(judgments)), odd.stream()).toList()),
            questions));
  }

  private static List<Side> sides(
      RunReader files,
      String name,
      String item,
      List<Integer> rounds,
      List<Judgments> judgments,
      ItemCards cards) {
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      Map<String, ItemSample> samples = files.samples(rounds.get(i), name, 0);
      if (samples.containsKey(item)) {
        Judgments.Judgment judgment = judgments.get(i).of(item, cards.question(item));
        sides.add(
            new Side(
                files.who(rounds.get(i)),
                String.join("\n\n———\n\n", samples.get(item).texts()),
                judgment.value(),
                judgment.words()));
      }
    }
    return sides;
  }

  private static String who(RunReader files, int round) {
    return files.evaluation() ? "" : ScoreTable.round(round) + ": ";
  }

  private static String note(List<Judgments> judgments) {
    return judgments.stream()
        .map(Judgments::judge)
        .filter(judge -> !judge.isEmpty())
        .findFirst()
        .map(judge -> "Judged by " + judge + ".")
        .orElse("No judge has graded these answers; --judge names one.");
  }
}
