package org.soft4j.lab;

import java.util.List;
import org.soft4j.eval.judge.AlpacaReport;
import org.soft4j.eval.judge.Preference;
import org.soft4j.table.Columns;
import tech.tablesaw.api.Table;

/**
 * What a judge said of two models' answers.
 *
 * @param report rates and the judge's leanings
 * @param preferences one per prompt
 */
public record Judgement(AlpacaReport report, List<Preference> preferences) {
  public Judgement {
    preferences = List.copyOf(preferences);
  }

  /**
   * One row: model, baseline, win_rate and standard_error (0 to 100), wins, losses, draws, unread,
   * at_equal_length (the win rate with length taken out), and as shares of 1 flip_rate,
   * first_position_rate, longer_rate: how far place and length sway the judge.
   */
  public Table summary() {
    return Columns.of("judgement", List.of(report))
        .text("model", AlpacaReport::generator)
        .text("baseline", AlpacaReport::baseline)
        .number("win_rate", AlpacaReport::winRate)
        .number("standard_error", AlpacaReport::standardError)
        .whole("wins", AlpacaReport::wins)
        .whole("losses", AlpacaReport::baselineWins)
        .whole("draws", AlpacaReport::draws)
        .whole("unread", AlpacaReport::unread)
        .number("at_equal_length", r -> r.lengthControlledMinimal().value())
        .number("flip_rate", AlpacaReport::flipRate)
        .number("first_position_rate", AlpacaReport::firstPositionRate)
        .number("longer_rate", AlpacaReport::longerRate)
        .table();
  }

  /**
   * prompt, baseline_answer, answer, preference: 1 for the baseline, 2 for the model, 1.5 for
   * neither, NaN where a verdict could not be read.
   */
  public Table pairs() {
    return Columns.of("pairs", preferences)
        .text("prompt", p -> p.baseline().instruction())
        .text("baseline_answer", p -> p.baseline().output())
        .text("answer", p -> p.output().output())
        .number("preference", p -> p.value().orElse(Double.NaN))
        .table();
  }
}
