package org.soft4j.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.eval.judge.AlpacaEval;
import org.soft4j.eval.judge.AlpacaReport;
import org.soft4j.eval.judge.Estimate;
import org.soft4j.eval.judge.FastChatRequest;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Match;
import org.soft4j.eval.judge.PairReport;
import org.soft4j.eval.judge.Pairwise;
import org.soft4j.eval.judge.Preference;
import org.soft4j.eval.judge.Protocol;
import org.soft4j.eval.judge.Rating;
import org.soft4j.eval.judge.ReportTables;
import org.soft4j.eval.judge.Single;
import org.soft4j.eval.judge.SingleReport;
import org.soft4j.eval.judge.files.AlpacaFiles;
import org.soft4j.eval.judge.files.FastChatJudgments;
import org.soft4j.lm.Cancellation;
import org.soft4j.run.Json;
import org.soft4j.run.RunFolder;

/**
 * Judges answers into a folder: judgments in the files of FastChat and AlpacaEval, and
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
  public SingleReport single(FastChatRequest request) {
    Judging.Result<Rating> judged = run(new Single(request), Map.of());
    SingleReport report = SingleReport.of(judged.judgments(), request.answers());
    FastChatJudgments.writeSingle(
        judgments(FastChatJudgments.singleName(judge())), judged.judgments());
    writeRepeats(request, judged);
    summary("single", request.temperature(), judged, Map.of(), report);
    tell(judged, ReportTables.of(report));
    return report;
  }

  /**
   * Compares every pair of answers in both orders.
   *
   * @param baseline the model that all others are compared with; empty for all pairs
   */
  public PairReport pair(FastChatRequest request, Optional<String> baseline) {
    Judging.Result<Match> judged = run(new Pairwise(request, baseline), Map.of());
    PairReport report = PairReport.of(judged.judgments(), request.answers());
    FastChatJudgments.writePair(judgments(FastChatJudgments.pairName(judge())), judged.judgments());
    writeRepeats(request, judged);
    summary("pair", request.temperature(), judged, Map.of(), report);
    tell(judged, ReportTables.of(report));
    return report;
  }

  /** Compares outputs with a baseline's, in both orders. */
  public AlpacaReport alpaca(AlpacaEval protocol) {
    Map<String, Integer> oddRows = protocol.oddRows();
    Judging.Result<Preference> judged = run(protocol, oddRows);
    AlpacaReport report = AlpacaReport.of(judged.judgments());
    AlpacaFiles.writeAnnotations(out.resolve("annotations.json"), judged.judgments(), judge());
    AlpacaFiles.writeLeaderboard(out.resolve("leaderboard.csv"), List.of(report));
    double temperature = protocol.form().temperature();
    summary("alpaca " + protocol.form(), temperature, judged, oddRows, report);
    tell(judged, ReportTables.of(report));
    return report;
  }

  private String judge() {
    return judging.judge().name();
  }

  private Path judgments(String name) {
    return out.resolve(FastChatJudgments.FOLDER).resolve(name);
  }

  /** FastChat's files have room for one verdict; this one keeps those of all repeats. */
  private void writeRepeats(FastChatRequest request, Judging.Result<?> judged) {
    if (request.repeats() > 1) {
      RunFolder.writeWhole(out.resolve("repeats.jsonl"), Json.lines(judged.judgments()));
    }
  }

  private <J> Judging.Result<J> run(Protocol<J> protocol, Map<String, Integer> oddRows) {
    Estimate estimate = judging.estimate(protocol);
    oddRows.forEach(
        (what, count) -> say.accept("rows: %s: %d".formatted(what.replace('_', ' '), count)));
    say.accept("judge " + judge() + ": " + gate.words(estimate));
    if (judging.judge().charges()) {
      gate.pass(estimate);
    }
    try (Progress.Step step = progress.start("judging", estimate.calls(), "calls")) {
      return judging.run(protocol, step::advance, cancel);
    }
  }

  private void summary(
      String protocol,
      double temperature,
      Judging.Result<?> judged,
      Map<String, Integer> oddRows,
      Record report) {
    ObjectNode summary = Json.mapper().createObjectNode();
    summary.put("protocol", protocol);
    summary.put("judge", judge());
    summary.put("judge_digest", judging.judge().identity());
    put(summary, "sampling_sent", judging.judge().sent(temperature));
    summary.put("verdict_rule", judging.rule().text());
    summary.set("verdicts", Json.mapper().valueToTree(judged.verdicts()));
    put(summary, "odd_rows", oddRows);
    summary.put("replies", judged.calls() + judged.known());
    summary.put("prompt_tokens", judged.promptTokens());
    summary.put("new_tokens", judged.newTokens());
    if (uncounted(judged)) {
      summary.put("replies_without_token_counts", judged.unmetered());
    }
    gate.prices()
        .ifPresent(p -> summary.put("cost", p.of(judged.promptTokens(), judged.newTokens())));
    summary.set("report", Json.mapper().valueToTree(report));
    RunFolder.writeWhole(out.resolve("summary.json"), Json.pretty(summary));
  }

  private static void put(ObjectNode summary, String name, Map<String, ?> values) {
    if (!values.isEmpty()) {
      summary.set(name, Json.mapper().valueToTree(values));
    }
  }

  private boolean uncounted(Judging.Result<?> judged) {
    return judging.judge().charges() && judged.unmetered() > 0;
  }

  private void tell(Judging.Result<?> judged, String table) {
    if (uncounted(judged)) {
      say.accept(
          "%d replies came without their tokens counted; they are missing in the sums"
              .formatted(judged.unmetered()));
    }
    say.accept(table.stripTrailing());
    judged.lines().forEach(say);
    say.accept(
        "%d calls made, %d replies were known; everything is in %s"
            .formatted(judged.calls(), judged.known(), out));
  }
}
