package org.soft4j.eval.judge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.soft4j.eval.Statistics;
import org.soft4j.eval.files.Answer;
import org.soft4j.table.TextTable;

/**
 * What single-answer grades say, by model.
 *
 * @param models rows in order of the models' first rating
 * @param unread verdicts that could not be read, over all repeats
 * @param outOfRange verdicts outside 1 to 10, kept as FastChat keeps them
 * @param verdicts all, over all repeats
 * @param spread mean over ratings of the standard deviation between repeats; NaN without repeats
 */
public record SingleReport(
    List<Row> models, int unread, int outOfRange, int verdicts, double spread) implements Report {
  /**
   * Scores of a model.
   *
   * @param model that answered
   * @param first mean score of turn 1
   * @param second mean score of turn 2; NaN where there is none
   * @param mean over all rows, as FastChat's show_result
   * @param standardError of that mean
   * @param judged ratings that count
   * @param judgedSecond those of them that are of turn 2
   * @param unread ratings that do not, since no verdict could be read
   * @param categories mean score by category
   */
  public record Row(
      String model,
      double first,
      double second,
      double mean,
      double standardError,
      int judged,
      @JsonIgnore int judgedSecond,
      int unread,
      Map<String, Double> categories) {}

  /**
   * Sums up ratings.
   *
   * @param answers that were judged, for their categories
   */
  public static SingleReport of(List<Rating> ratings, List<Answer> answers) {
    Map<String, String> categories = new LinkedHashMap<>();
    answers.forEach(answer -> categories.put(answer.id(), answer.category()));
    List<Row> rows =
        ratings.stream()
            .map(Rating::model)
            .distinct()
            .map(model -> row(model, ratings, j -> categories.getOrDefault(j.id(), "")))
            .toList();
    List<Double> all = ratings.stream().flatMap(j -> j.scores().stream()).toList();
    return new SingleReport(
        rows,
        (int) all.stream().filter(s -> s == Rating.UNREAD).count(),
        (int) all.stream().filter(s -> s != Rating.UNREAD && (s < 1 || s > 10)).count(),
        all.size(),
        spread(ratings));
  }

  private static Row row(String model, List<Rating> all, Function<Rating, String> category) {
    List<Rating> own = all.stream().filter(j -> j.model().equals(model)).toList();
    List<Rating> read = own.stream().filter(Rating::read).toList();
    Map<String, Double> categories = new LinkedHashMap<>();
    read.stream()
        .map(category)
        .distinct()
        .forEach(name -> categories.put(name, mean(read, j -> category.apply(j).equals(name))));
    double[] scores = read.stream().mapToDouble(Rating::score).toArray();
    return new Row(
        model,
        mean(read, j -> j.turn() == 1),
        mean(read, j -> j.turn() == 2),
        Statistics.mean(scores),
        Statistics.standardError(scores),
        read.size(),
        (int) read.stream().filter(j -> j.turn() == 2).count(),
        own.size() - read.size(),
        categories);
  }

  private static double mean(List<Rating> read, Predicate<Rating> which) {
    return Statistics.mean(read.stream().filter(which).mapToDouble(Rating::score).toArray());
  }

  private static double spread(List<Rating> ratings) {
    return ratings.stream()
        .map(j -> j.scores().stream().filter(s -> s != Rating.UNREAD).toList())
        .filter(scores -> scores.size() > 1)
        .mapToDouble(
            s ->
                Statistics.standardError(s.stream().mapToDouble(Double::doubleValue).toArray())
                    * Math.sqrt(s.size()))
        .average()
        .orElse(Double.NaN);
  }

  @Override
  public int counted() {
    return models.stream().mapToInt(Row::judged).sum();
  }

  @Override
  public String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("model", "turn 1", "turn 2", "mean", "judged", "unparsed"));
    for (Row row : models) {
      lines.add(
          List.of(
              row.model,
              Report.number("%.2f", row.first),
              Report.number("%.2f", row.second),
              Report.plusMinus("%.2f", row.mean, row.standardError),
              "" + row.judged,
              "" + row.unread));
    }
    String text = TextTable.of(lines, 1) + Report.unread(unread, verdicts);
    if (outOfRange > 0) {
      text += "Verdicts outside 1 to 10, which count as they are: %s.%n".formatted(outOfRange);
    }
    return Double.isNaN(spread)
        ? text
        : text + "Standard deviation between repeats: " + Report.number("%.2f", spread) + ".\n";
  }
}
