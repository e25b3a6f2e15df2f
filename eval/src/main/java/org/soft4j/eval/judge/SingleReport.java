package org.soft4j.eval.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.soft4j.eval.Statistics;

/**
 * What single-answer grades say, by model.
 *
 * @param models rows in order of the models' first judgement
 * @param unread verdicts that could not be read, over all repeats
 * @param outOfRange verdicts outside 1 to 10, kept as FastChat keeps them
 * @param verdicts all, over all repeats
 * @param spread mean over judgements of the standard deviation between repeats; NaN without repeats
 */
public record SingleReport(
    List<Row> models, int unread, int outOfRange, int verdicts, double spread) {
  /**
   * Scores of a model.
   *
   * @param model that answered
   * @param first mean score of turn 1
   * @param second mean score of turn 2; NaN where there is none
   * @param mean over all rows, as FastChat's show_result
   * @param standardError of that mean
   * @param judged judgements that count
   * @param unread judgements that do not, since no verdict could be read
   * @param categories mean score by category
   */
  public record Row(
      String model,
      double first,
      double second,
      double mean,
      double standardError,
      int judged,
      int unread,
      Map<String, Double> categories) {}

  /**
   * Sums up judgements.
   *
   * @param answers that were judged, for their categories
   */
  public static SingleReport of(List<SingleJudgement> judgements, List<JudgedAnswer> answers) {
    Map<String, String> categories = new LinkedHashMap<>();
    answers.forEach(answer -> categories.put(answer.id(), answer.category()));
    List<Row> rows =
        judgements.stream()
            .map(SingleJudgement::model)
            .distinct()
            .map(model -> row(model, judgements, j -> categories.getOrDefault(j.id(), "")))
            .toList();
    List<Double> all = judgements.stream().flatMap(j -> j.scores().stream()).toList();
    return new SingleReport(
        rows,
        (int) all.stream().filter(s -> s == SingleJudgement.UNREAD).count(),
        (int) all.stream().filter(s -> s != SingleJudgement.UNREAD && (s < 1 || s > 10)).count(),
        all.size(),
        spread(judgements));
  }

  private static Row row(
      String model, List<SingleJudgement> all, Function<SingleJudgement, String> category) {
    List<SingleJudgement> own = all.stream().filter(j -> j.model().equals(model)).toList();
    List<SingleJudgement> read = own.stream().filter(SingleJudgement::read).toList();
    Map<String, Double> categories = new LinkedHashMap<>();
    read.stream()
        .map(category)
        .distinct()
        .forEach(name -> categories.put(name, mean(read, j -> category.apply(j).equals(name))));
    double[] scores = read.stream().mapToDouble(SingleJudgement::score).toArray();
    return new Row(
        model,
        mean(read, j -> j.turn() == 1),
        mean(read, j -> j.turn() == 2),
        Statistics.mean(scores),
        Statistics.standardError(scores),
        read.size(),
        own.size() - read.size(),
        categories);
  }

  private static double mean(List<SingleJudgement> read, Predicate<SingleJudgement> which) {
    return Statistics.mean(
        read.stream().filter(which).mapToDouble(SingleJudgement::score).toArray());
  }

  private static double spread(List<SingleJudgement> judgements) {
    return judgements.stream()
        .map(j -> j.scores().stream().filter(s -> s != SingleJudgement.UNREAD).toList())
        .filter(scores -> scores.size() > 1)
        .mapToDouble(
            s ->
                Statistics.standardError(s.stream().mapToDouble(Double::doubleValue).toArray())
                    * Math.sqrt(s.size()))
        .average()
        .orElse(Double.NaN);
  }
}
