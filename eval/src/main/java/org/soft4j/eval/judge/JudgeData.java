package org.soft4j.eval.judge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.datasets.catalogue.SetCatalogue;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;

/**
 * Finds the judge's files in a folder of sets: fastchat/judge_prompts.jsonl,
 * fastchat/BENCH/question.jsonl and reference answers, alpaca_eval/ reference outputs.
 *
 * @param folder such as SOFT4J_DATA names
 */
public record JudgeData(Path folder) {
  /** FastChat's benchmarks. */
  public static final List<String> BENCHES = List.of("mt_bench", "vicuna_bench");

  private static final String BASELINE = "alpaca_eval_reference_text_davinci_003.json";

  /** FastChat's judge prompts, checked. */
  public FastChatPrompts prompts() {
    return FastChatPrompts.read(there(Path.of("fastchat", "judge_prompts.jsonl")));
  }

  /** The questions of a benchmark. */
  public Map<String, FastChatQuestion> questions(String bench) {
    if (!BENCHES.contains(bench)) {
      throw new UserError(
          "\"%s\" is no benchmark; there are %s.%s"
              .formatted(bench, BENCHES, DidYouMean.hint(bench, BENCHES)),
          "Name one of them with --bench, or a file with --questions.");
    }
    return FastChatQuestion.read(there(Path.of("fastchat", bench, "question.jsonl")));
  }

  /** The benchmark whose questions include all of these; empty where none does. */
  public Optional<String> benchOf(List<String> ids) {
    return BENCHES.stream()
        .filter(bench -> Files.exists(folder.resolve("fastchat").resolve(bench)))
        .filter(bench -> questions(bench).keySet().containsAll(ids))
        .findFirst();
  }

  /** GPT-4's reference answers of a benchmark; none where the file is absent. */
  public Map<String, List<String>> references(String bench) {
    return FastChatAnswers.referencesBeside(
        folder.resolve("fastchat").resolve(bench).resolve("question.jsonl"));
  }

  /** AlpacaEval's baseline outputs, text-davinci-003's. */
  public Path alpacaBaseline() {
    return there(Path.of("alpaca_eval", BASELINE));
  }

  private Path there(Path name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new UserError(
          "There is no " + file + ".", SetCatalogue.standard().remedy(name.toString()));
    }
    return file;
  }
}
