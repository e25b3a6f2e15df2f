package org.soft4j.report;

import java.util.List;
import java.util.Optional;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskFiles;

/** What one must know to compare the numbers: versions, sets and deviations, from tasks/. */
public final class CardsPanel {
  private CardsPanel() {}

  /** The body. */
  public record Body(List<Card> cards) {}

  /**
   * A benchmark.
   *
   * @param name and version
   * @param title for people
   * @param source paper and set
   * @param metrics name and meaning
   * @param deviations known differences from the reference
   */
  public record Card(
      String name,
      String title,
      String source,
      List<ReportPage.Fact> metrics,
      List<String> deviations) {}

  static Optional<ReportPage.Panel> of(RunReader files) {
    List<Card> cards =
        files.benchmarks().stream()
            .flatMap(name -> files.task(name).stream())
            .map(TaskFiles.Described::card)
            .map(CardsPanel::card)
            .toList();
    return cards.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReportPage.Panel("cards", "Benchmarks", new Body(cards)));
  }

  private static Card card(TaskCard card) {
    return new Card(
        card.name() + " " + card.version(),
        card.title(),
        card.paper() + "; " + card.split(),
        card.metrics().stream()
            .map((MetricCard m) -> new ReportPage.Fact(m.name(), m.meaning()))
            .toList(),
        card.deviations());
  }
}
