package org.soft4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.soft4j.core.HomeFolder;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;
import org.soft4j.eval.judge.FastChatRequest;
import org.soft4j.eval.judge.JudgeData;
import picocli.CommandLine.Option;

/** The flags that say what is judged. */
final class JudgeInputs {
  @Option(
      names = "--answers",
      required = true,
      paramLabel = "F",
      description =
          "FastChat's model_answer file or folder, or AlpacaEval's model_outputs.json; may be"
              + " repeated.")
  private List<Path> answers;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder that holds fastchat/ and alpaca_eval/ (default: SOFT4J_DATA, else what `datasets"
              + " fetch` brought).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--bench",
      paramLabel = "B",
      description = "vicuna_bench or mt_bench (default: whichever has the answered questions).")
  private Optional<String> bench = Optional.empty();

  @Option(names = "--questions", paramLabel = "F", description = "Another question.jsonl.")
  private Optional<Path> questions = Optional.empty();

  @Option(names = "--references", paramLabel = "F", description = "Another reference_answer file.")
  private Optional<Path> references = Optional.empty();

  @Option(
      names = "--baseline",
      paramLabel = "B",
      description =
          "pair: the model that all others are compared with (default: every pair); alpaca: a"
              + " model_outputs.json (default: text-davinci-003's in --data).")
  private Optional<String> baseline = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N questions.")
  private Optional<Integer> limit = Optional.empty();

  Optional<String> baseline() {
    return baseline;
  }

  FastChatRequest fastChat(int repeats, double temperature, int maxTokens) {
    JudgeData sets = sets();
    Optional<String> set = questions.isPresent() ? Optional.empty() : Optional.of(bench(sets));
    Map<String, FastChatQuestion> asked =
        questions.map(FastChatQuestion::read).orElseGet(() -> sets.questions(set.orElseThrow()));
    Map<String, List<String>> right =
        references
            .map(FastChatAnswers::references)
            .or(() -> set.map(sets::references))
            .orElse(Map.of());
    List<Answer> all = new ArrayList<>();
    answers.forEach(path -> all.addAll(FastChatAnswers.read(there(path), asked)));
    return new FastChatRequest(
        limited(all), sets.prompts(), right, repeats, temperature, maxTokens);
  }

  private String bench(JudgeData sets) {
    return bench.orElseGet(
        () -> {
          List<String> ids =
              answers.stream().flatMap(p -> FastChatAnswers.ids(there(p)).stream()).toList();
          return sets.benchOf(ids)
              .orElseThrow(
                  () ->
                      new UserError(
                          "The answered questions belong to none of %s in %s."
                              .formatted(JudgeData.BENCHES, sets.folder()),
                          "Name their file with --questions."));
        });
  }

  private List<Answer> limited(List<Answer> all) {
    if (limit.isEmpty()) {
      return all;
    }
    List<String> ids = all.stream().map(Answer::id).distinct().toList();
    Set<String> first = Set.copyOf(ids.subList(0, bound(ids.size())));
    return all.stream().filter(answer -> first.contains(answer.id())).toList();
  }

  private int bound(int size) {
    int items = limit.orElse(size);
    if (items < 1) {
      throw new UserError("--limit is %s.".formatted(items), "Give a number of 1 or more.");
    }
    return Math.min(items, size);
  }

  List<Answer> alpacaBaseline() {
    Path file = baseline.map(Path::of).orElseGet(() -> sets().alpacaBaseline());
    List<Answer> all = AlpacaOutputs.read(file);
    return all.subList(0, bound(all.size()));
  }

  List<Answer> alpacaOutputs() {
    if (answers.size() != 1) {
      throw new UserError(
          "--answers names %s files.".formatted(answers.size()),
          "AlpacaEval compares one model with the baseline at a time.");
    }
    Path path = there(answers.get(0));
    return AlpacaOutputs.read(
        Files.isDirectory(path) ? there(path.resolve("model_outputs.json")) : path);
  }

  private JudgeData sets() {
    return new JudgeData(
        data.or(HomeFolder::data)
            .orElseThrow(
                () ->
                    new UserError(
                        "No --data is given, SOFT4J_DATA is no folder, and no set is fetched.",
                        "Fetch the judge's prompts and the questions with ./soft4j datasets fetch"
                            + " vicuna_bench mt_bench alpaca_eval, or name a folder that holds"
                            + " fastchat/ and alpaca_eval/.")));
  }

  private static Path there(Path path) {
    if (!Files.exists(path)) {
      throw new UserError("There is no " + path + ".", "Check --answers.");
    }
    return path;
  }
}
