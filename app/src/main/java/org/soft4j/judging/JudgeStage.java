package org.soft4j.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Protocol;
import org.soft4j.eval.judge.Report;
import org.soft4j.lm.remote.CostGate;

/**
 * Judges answers into a folder: judgments in the files of FastChat and AlpacaEval, and
 * summary.json. The files depend on the answers and the judge's replies alone.
 *
 * @param judging the judge and its cache
 * @param gate lets calls that may cost money begin
 * @param out folder to write
 */
public record JudgeStage(Judging judging, CostGate gate, Path out, JudgeContext context) {
  private static final String SUMMARY = "summary.json";
  private static final String NOTED = "sampling_sent.json";
  private static final String SENT = "sampling_sent";
  private static final String UNKNOWN = "sampling_unknown";

  /** Judges by a protocol; what is known already is not asked again. */
  public <J, R extends Report> R judge(Protocol<J, R> protocol) {
    CostGate.Estimate estimate = judging.estimate(protocol);
    protocol
        .oddRows()
        .forEach(
            (what, count) ->
                context.say().accept("rows: %s: %s".formatted(what.replace('_', ' '), count)));
    context.say().accept("judge " + judging.judge().name() + ": " + gate.words(estimate));
    if (judging.judge().charges()) {
      gate.pass(estimate);
    }
    AtomicBoolean noted = new AtomicBoolean();
    Runnable note = () -> note(protocol, noted);
    Judging.Result<J> judged;
    try (Progress.Step step = context.progress().start("judging", estimate.calls(), "calls")) {
      judged = judging.run(protocol, note, step::advance, context.cancel());
    }
    R report = protocol.report(judged.judgments());
    protocol.write(out, judging.judge().name(), judged.judgments());
    WholeFile.write(out.resolve(SUMMARY), Json.pretty(summary(protocol, judged, report)));
    forget();
    tell(judged, report);
    return report;
  }

  /**
   * Judges, and refuses a judge of whom no verdict could be read; the files are there all the same.
   *
   * @throws UserError if there were verdicts to read, and none could be
   */
  public <J, R extends Report> R judgeReadably(Protocol<J, R> protocol) {
    R report = judge(protocol);
    if (unreadable(protocol, report)) {
      throw new UserError(
          "No verdict of the judge %s could be read; there is no score."
              .formatted(judging.judge().name()),
          "Name a model that follows the judge's instructions; its replies are in %s."
              .formatted(out));
    }
    return report;
  }

  /** Whether there were verdicts to read, and none could be: then there is no score. */
  static boolean unreadable(Protocol<?, ?> protocol, Report report) {
    return report.counted() == 0 && !protocol.calls().isEmpty();
  }

  private ObjectNode summary(Protocol<?, ?> protocol, Judging.Result<?> judged, Report report) {
    ObjectNode summary = Json.mapper().createObjectNode();
    summary.put("protocol", protocol.card().name());
    summary.put("judge", judging.judge().name());
    summary.put("judge_digest", judging.judge().identity());
    Optional<ObjectNode> said = said();
    Map<String, ?> sent = sent(said);
    put(summary, SENT, sent);
    boolean neverAsked = said.isEmpty() || said.get().has(UNKNOWN);
    if (sent.isEmpty() && judged.calls() == 0 && judged.known() > 0 && neverAsked) {
      summary.put(
          UNKNOWN,
          "nothing was asked for these answers: all %s replies were known"
              .formatted(judged.known()));
    }
    summary.put("verdict_rule", judging.rule().text());
    summary.set("verdicts", Json.mapper().valueToTree(judged.verdicts()));
    put(summary, "odd_rows", protocol.oddRows());
    summary.put("replies", judged.calls() + judged.known());
    summary.put("prompt_tokens", judged.promptTokens());
    summary.put("new_tokens", judged.newTokens());
    if (uncounted(judged) > 0) {
      summary.put("replies_without_token_counts", uncounted(judged));
    }
    gate.prices()
        .ifPresent(p -> summary.put("cost", p.of(judged.promptTokens(), judged.newTokens())));
    return summary.set("report", Json.mapper().valueToTree(report));
  }

  /** Keeps how the judge is asked until the summary says it: replies outlive a kill. */
  private void note(Protocol<?, ?> protocol, AtomicBoolean noted) {
    if (!noted.getAndSet(true)) {
      ObjectNode note = Json.mapper().createObjectNode();
      Map<String, ?> sent = judging.judge().sent(protocol.card().temperature());
      note.set(SENT, Json.mapper().valueToTree(sent));
      WholeFile.write(out.resolve(NOTED), Json.pretty(note));
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(out.resolve(NOTED));
    } catch (IOException failure) {
      throw FileFault.of(out.resolve(NOTED), failure);
    }
  }

  /** What this process, or one before it, has said of how it asked for these answers. */
  private Optional<ObjectNode> said() {
    return Stream.of(NOTED, SUMMARY)
        .map(out::resolve)
        .filter(Files::exists)
        .findFirst()
        .map(file -> Json.read(WholeFile.read(file), ObjectNode.class, file.toString()));
  }

  private static Map<String, ?> sent(Optional<ObjectNode> said) {
    Map<String, JsonNode> sent = new LinkedHashMap<>();
    said.ifPresent(
        of ->
            of.path(SENT)
                .properties()
                .forEach(field -> sent.put(field.getKey(), field.getValue())));
    return sent;
  }

  private static void put(ObjectNode summary, String name, Map<String, ?> values) {
    if (!values.isEmpty()) {
      summary.set(name, Json.mapper().valueToTree(values));
    }
  }

  private int uncounted(Judging.Result<?> judged) {
    return judging.judge().charges() ? judged.unmetered() : 0;
  }

  private void tell(Judging.Result<?> judged, Report report) {
    if (uncounted(judged) > 0) {
      context
          .odd()
          .accept(
              "%s replies came without their tokens counted; they are missing in the sums"
                  .formatted(uncounted(judged)));
    }
    context.say().accept(report.table().stripTrailing());
    judged.lines().forEach(context.odd());
    context
        .say()
        .accept(
            "%s calls made, %s replies were known; everything is in %s"
                .formatted(judged.calls(), judged.known(), out));
  }
}
