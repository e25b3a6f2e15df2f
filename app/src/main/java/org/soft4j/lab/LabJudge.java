package org.soft4j.lab;

import java.util.List;
import java.util.stream.IntStream;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.AlpacaEval;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.AlpacaReport;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.Judge;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Preference;
import org.soft4j.lm.remote.CostGate;
import tech.tablesaw.api.Table;

/**
 * Lets a judge say which of two models' answers is better, by AlpacaEval's protocol, each pair in
 * both orders.
 *
 * @param gate says what may be spent
 * @param listener sees the progress
 */
public record LabJudge(Judge judge, CostGate gate, Labs.Listener listener) {
  /**
   * Compares the answers to the prompts that both tables have.
   *
   * @param baseline a table with the columns model, prompt and response, as {@link LabModel#answer}
   *     gives it
   * @param answers likewise, of the other model
   */
  public Judgement compare(Table baseline, Table answers) {
    return compare(baseline, answers, AlpacaForm.RANKING);
  }

  /**
   * Compares the answers by another form of the protocol.
   *
   * @param form {@code RANKING} reads what the judge writes; {@code WEIGHTED} takes the probability
   *     of two tokens, so that a judge too small to write a ranking has a say too
   */
  public Judgement compare(Table baseline, Table answers, AlpacaForm form) {
    AlpacaEval protocol = new AlpacaEval(outputs(baseline), outputs(answers), form, 1);
    return BackgroundWork.run(
        listener,
        (progress, notes, cancel) -> {
          try (TemporaryFolder folder = new TemporaryFolder();
              CallCache cache = CallCache.open(folder.next())) {
            Judging judging = new Judging(judge, cache);
            CostGate.Estimate estimate = judging.estimate(protocol);
            if (judge.charges()) {
              gate.pass(estimate);
            }
            try (Progress.Step step = progress.start("judging", estimate.calls(), "calls")) {
              Judging.Result<Preference> judged = judging.run(protocol, step::advance, cancel);
              judged.lines().forEach(notes);
              return new Judgement(AlpacaReport.of(judged.judgments()), judged.judgments());
            }
          }
        });
  }

  private static List<Answer> outputs(Table answers) {
    for (String column : List.of("model", "prompt", "response")) {
      if (!answers.containsColumn(column)) {
        throw new UserError(
            "The table of answers has no column \"%s\"; it has %s."
                .formatted(column, answers.columnNames()),
            "Give what answer(prompts) returned.");
      }
    }
    return IntStream.range(0, answers.rowCount())
        .mapToObj(
            row ->
                Answer.of(
                    answers.getString(row, "prompt"),
                    answers.getString(row, "response"),
                    answers.getString(row, "model"),
                    ""))
        .toList();
  }
}
