package org.soft4j.evaluation;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.soft4j.core.Provenance;
import org.soft4j.core.UserError;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.LmEvalFiles;
import org.soft4j.eval.files.LmEvalSource;
import org.soft4j.eval.judge.FastChatJudgments;

/**
 * Writes a model's answers as the reference tools do, for these tools to read.
 *
 * @param from the answers
 * @param name of the model in the files
 */
public record Exports(AnsweredFolder from, String name) {
  /** FastChat's names of its benchmarks, by ours. */
  private static final Map<String, String> BENCHES =
      new TreeMap<>(Map.of("vicuna", "vicuna_bench", "mt_bench", "mt_bench"));

  private static final String ALPACA = "alpaca_eval";

  /** Under the model's own name, unless another is given. */
  public static Exports of(AnsweredFolder from, Optional<String> name) {
    return new Exports(from, name.orElse(from.name()));
  }

  /**
   * lm-evaluation-harness's results and samples: OUT/MODEL/results_DATE.json and
   * samples_TASK_DATE.jsonl.
   *
   * @param date of the files' names
   */
  public List<Path> lmEval(Path out, LocalDateTime date) {
    Map<String, String> versions = new TreeMap<>(Provenance.versions());
    LmEvalSource source =
        new LmEvalSource(
            name,
            from.model(),
            from.limit(),
            from.seed(),
            from.chatTemplate(),
            versions.toString(),
            date);
    return LmEvalFiles.write(out, source, from.whole(), from.tasks());
  }

  /**
   * FastChat's answers: OUT/BENCH/model_answer/MODEL.jsonl, as below its folder {@code data}.
   *
   * @param judgings folders that {@code judge} wrote, whose judgments are put beside the answers
   */
  public List<Path> fastChat(Path out, List<Path> judgings) {
    List<Path> folders = new ArrayList<>();
    for (AnsweredTask task : zeroShot(List.copyOf(BENCHES.keySet()))) {
      Path bench = out.resolve(BENCHES.get(task.card().name()));
      List<Answer> answers = task.items().stream().map(this::judged).toList();
      FastChatAnswers.write(bench.resolve("model_answer"), FastChatAnswers.fileName(name), answers);
      Set<String> ids = answers.stream().map(Answer::id).collect(Collectors.toSet());
      judgings.forEach(
          from -> FastChatJudgments.copy(from, ids, bench.resolve(FastChatJudgments.FOLDER)));
      folders.add(bench);
    }
    return folders;
  }

  private Answer judged(AnsweredTask.Item item) {
    return new Answer(
        item.item().id(),
        item.item().category(),
        item.item().turns(),
        item.sample().texts(),
        FastChatAnswers.fileName(name));
  }

  /** AlpacaEval's OUT/MODEL/model_outputs.json. */
  public List<Path> alpacaEval(Path out) {
    AnsweredTask task = zeroShot(List.of(ALPACA)).get(0);
    List<Answer> outputs =
        task.items().stream()
            .map(
                item ->
                    Answer.of(
                        item.item().question(),
                        item.sample().texts().get(0),
                        FastChatAnswers.fileName(name),
                        item.item().category()))
            .toList();
    Path file = out.resolve(FastChatAnswers.fileName(name)).resolve("model_outputs.json");
    AlpacaOutputs.write(file, outputs);
    return List.of(file);
  }

  /** These tools know no demonstrations, so the fewest shots are taken. */
  private List<AnsweredTask> zeroShot(List<String> names) {
    Map<String, AnsweredTask> found = new TreeMap<>();
    for (AnsweredTask task : from.tasks()) {
      if (names.contains(task.card().name())) {
        found.merge(task.card().name(), task, (a, b) -> a.shots() <= b.shots() ? a : b);
      }
    }
    if (found.isEmpty()) {
      throw new UserError(
          "There are no answers to %s; the tasks there are %s."
              .formatted(
                  String.join(" or ", names),
                  from.tasks().stream().map(task -> task.card().name()).distinct().toList()),
          "Evaluate the model on them first: ./soft4j eval --model M --tasks %s --out DIR"
              .formatted(String.join(",", names)));
    }
    return List.copyOf(found.values());
  }
}
