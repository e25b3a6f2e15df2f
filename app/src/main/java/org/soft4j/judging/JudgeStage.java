package org.soft4j.judging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.RunFolder;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.AlpacaJudging;
import org.soft4j.eval.judge.AlpacaReport;
import org.soft4j.eval.judge.Estimate;
import org.soft4j.eval.judge.JudgeTables;
import org.soft4j.eval.judge.Judged;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.JudgingPlan;
import org.soft4j.eval.judge.JudgingRequest;
import org.soft4j.eval.judge.ModelOutput;
import org.soft4j.eval.judge.PairJudgement;
import org.soft4j.eval.judge.PairJudging;
import org.soft4j.eval.judge.PairReport;
import org.soft4j.eval.judge.Preference;
import org.soft4j.eval.judge.SingleJudgement;
import org.soft4j.eval.judge.SingleJudging;
import org.soft4j.eval.judge.SingleReport;
import org.soft4j.eval.judge.files.AlpacaFiles;
import org.soft4j.eval.judge.files.FastChatJudgements;

/**
 * Judges answers into a folder: judgements in the files of FastChat and AlpacaEval, and
 * summary.json. The files depend on the answers and the judge's replies alone.
 *
 * @param judging the judge and its cache
 * @param gate lets calls that may cost money begin
 * @param out folder to write
 * @param progress hears of every call
 * @param cancel asked often
 * @param say takes lines for the user
 */
public record JudgeStage(
    Judging judging,
    CostGate gate,
    Path out,
    Progress progress,
    Cancellation cancel,
    Consumer<String> say) {
  /** Grades every answer. */
  public SingleReport single(JudgingRequest request) {
    String name = judging.judge().name();
    Judged<SingleJudgement> judged = run(SingleJudging.of(request, name));
    SingleReport report = SingleReport.of(judged.judgements(), request.answers());
    FastChatJudgements.writeSingle(
        judgements(FastChatJudgements.singleName(name)), judged.judgements());
    if (request.repeats() > 1) {
      repeats(judged.judgements());
    }
    finish("single", request.temperature(), judged, report, Map.of(), JudgeTables.of(report));
    return report;
  }

  /**
   * Compares every pair of answers in both orders.
   *
   * @param baseline the model that all others are compared with; empty for all pairs
   */
  public PairReport pair(JudgingRequest request, Optional<String> baseline) {
    String name = judging.judge().name();
    PairJudging plan =
        baseline
            .map(model -> PairJudging.against(model, request, name))
            .orElseGet(() -> PairJudging.all(request, name));
    Judged<PairJudgement> judged = run(plan);
    PairReport report = PairReport.of(judged.judgements(), request.answers());
    FastChatJudgements.writePair(
        judgements(FastChatJudgements.pairName(name)), judged.judgements());
    if (request.repeats() > 1) {
      repeats(judged.judgements());
    }
    finish("pair", request.temperature(), judged, report, Map.of(), JudgeTables.of(report));
    return report;
  }

  /** Compares outputs with a baseline's, in both orders. */
  public AlpacaReport alpaca(
      List<ModelOutput> baseline, List<ModelOutput> outputs, AlpacaForm form, int repeats) {
    AlpacaJudging plan = AlpacaJudging.of(baseline, outputs, form, repeats);
    plan.oddRows()
        .forEach((what, count) -> say.accept("rows: %s: %d".formatted(words(what), count)));
    Judged<Preference> judged = run(plan);
    AlpacaReport report = AlpacaReport.of(judged.judgements());
    AlpacaFiles.writeAnnotations(
        out.resolve("annotations.json"), judged.judgements(), judging.judge().name());
    AlpacaFiles.writeLeaderboard(out.resolve("leaderboard.csv"), List.of(report));
    finish(
        "alpaca " + form,
        form.temperature(),
        judged,
        report,
        plan.oddRows(),
        JudgeTables.of(report));
    return report;
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }

  private Path judgements(String name) {
    return out.resolve("model_judgment").resolve(name);
  }

  /** FastChat's files have room for one verdict; this one keeps those of all repeats. */
  private void repeats(List<? extends Record> judgements) {
    RunFolder.writeWhole(out.resolve("repeats.jsonl"), Json.lines(judgements));
  }

  private <J> Judged<J> run(JudgingPlan<J> plan) {
    Estimate estimate = judging.estimate(plan);
    say.accept("judge " + judging.judge().name() + ": " + gate.words(estimate));
    if (judging.judge().charges()) {
      gate.pass(estimate);
    }
    try (Progress.Step step = progress.start("judging", estimate.calls(), "calls")) {
      return judging.run(plan, step::advance, cancel);
    }
  }

  private void finish(
      String protocol,
      double temperature,
      Judged<?> judged,
      Record report,
      Map<String, Integer> oddRows,
      String table) {
    ObjectNode summary = Json.mapper().createObjectNode();
    summary.put("protocol", protocol);
    summary.put("judge", judging.judge().name());
    summary.put("judge_digest", judging.judge().identity());
    Map<String, Object> sent = judging.judge().sent(temperature);
    if (!sent.isEmpty()) {
      summary.set("sampling_sent", Json.mapper().valueToTree(sent));
    }
    summary.put("verdict_rule", judging.rule().text());
    summary.set("verdicts", Json.mapper().valueToTree(judged.verdicts()));
    if (!oddRows.isEmpty()) {
      summary.set("odd_rows", Json.mapper().valueToTree(oddRows));
    }
    summary.put("replies", judged.calls() + judged.known());
    summary.put("prompt_tokens", judged.promptTokens());
    summary.put("new_tokens", judged.newTokens());
    if (judging.judge().charges() && judged.unmetered() > 0) {
      summary.put("replies_without_token_counts", judged.unmetered());
      say.accept(
          "%d replies came without their tokens counted; they are missing in the sums"
              .formatted(judged.unmetered()));
    }
    gate.prices()
        .ifPresent(p -> summary.put("cost", p.of(judged.promptTokens(), judged.newTokens())));
    summary.set("report", Json.mapper().valueToTree(report));
    RunFolder.writeWhole(out.resolve("summary.json"), Json.pretty(summary));
    say.accept(table.stripTrailing());
    judged.lines().forEach(say);
    say.accept(
        "%d calls made, %d replies were known; everything is in %s"
            .formatted(judged.calls(), judged.known(), out));
  }
}
