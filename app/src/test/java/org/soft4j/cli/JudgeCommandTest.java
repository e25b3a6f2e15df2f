package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.AlpacaFiles;
import org.soft4j.eval.judge.FastChatJudgments;
import org.soft4j.eval.judge.Rating;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.scripted.ScriptedModel;
import org.soft4j.lm.tokenizer.ChatFormat;

/** The judge command with a scripted model in the place of a local one. */
class JudgeCommandTest {
  private static final ChatFormat CHAT =
      messages -> messages.get(messages.size() - 1).content() + "\nassistant:";

  @TempDir Path folder;

  private Shell judge(String reply, String... more) {
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> ScriptedModel.says(reply, 0.5),
            (trainings, request) ->
                ScriptedModel.scores(request, request.continuation().equals("M") ? 0.9 : 0.1));
    String[] words = new String[more.length + 5];
    System.arraycopy(
        new String[] {"judge", "--judge", "m", "--out", folder.resolve("out").toString()},
        0,
        words,
        0,
        5);
    System.arraycopy(more, 0, words, 5, more.length);
    return Shell.run(choice -> new OpenedModel(model, Optional.of(CHAT)), words);
  }

  private String answers() throws IOException {
    Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));
    assumeTrue(Files.exists(data.resolve("fastchat")), "SOFT4J_DATA holds no FastChat sets");
    String line = "{\"question_id\": %d, \"choices\": [{\"turns\": [\"%s\"]}]}\n";
    Files.createDirectories(folder.resolve("answers"));
    for (String model : List.of("one", "two")) {
      Files.writeString(
          folder.resolve("answers/" + model + ".jsonl"),
          line.formatted(1, model) + line.formatted(68, model + model));
    }
    return folder.resolve("answers").toString();
  }

  @Test
  void gradesAreWrittenAndShown() throws IOException {
    Shell shell = judge("Rating: [[6]]", "--answers", answers());
    assertEquals(0, shell.code(), shell.err());
    assertTrue(shell.out().contains("judge scripted: 4 calls to make, 0 known"), shell.out());
    assertTrue(shell.out().contains("6.00 ± 0.00"), shell.out());
    assertTrue(shell.out().contains("Unparsed verdicts: 0 of 4 (0.0 %)."), shell.out());
    List<Rating> grades =
        FastChatJudgments.readSingle(folder.resolve("out/model_judgment/scripted_single.jsonl"));
    assertEquals(
        List.of(
            "1 one single-v1", "1 two single-v1", "68 one single-math-v1", "68 two single-math-v1"),
        grades.stream().map(g -> g.id() + " " + g.model() + " " + g.prompt()).toList());
    assertTrue(Files.readString(folder.resolve("out/summary.json")).contains("\"mean\" : 6.0"));
  }

  @Test
  void aJudgeWithoutAnyVerdictIsAnError() throws IOException {
    Shell shell =
        judge("Both are nice.", "--answers", answers(), "--protocol", "pair", "--repeats", "2");
    assertEquals(2, shell.code(), shell.out());
    assertEquals(
        "error: No verdict of the judge scripted could be read; there is no score.",
        shell.err().lines().findFirst().orElseThrow());
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.jsonl?")).toList()) {
        assertFalse(Files.readString(file).contains("NaN"), file.toString());
      }
    }
    assertTrue(shell.out().contains("Unparsed verdicts: 4 of 4 (100.0 %)."), shell.out());
    assertTrue(shell.out().contains("2 of 2 matches are dropped for it."), shell.out());
    assertTrue(Files.exists(folder.resolve("out/repeats.jsonl")));
  }

  /** What FastChat's folder {@code data} holds, as export writes it, is found below --answers. */
  @Test
  void theFolderOfAnExportIsAnswersToo() throws IOException {
    Path own = Path.of(answers());
    Path model = Files.createDirectories(folder.resolve("data/vicuna_bench/model_answer"));
    for (String name : List.of("one.jsonl", "two.jsonl")) {
      Files.copy(own.resolve(name), model.resolve(name));
    }
    Shell shell = judge("Rating: [[6]]", "--answers", folder.resolve("data").toString());
    assertEquals(0, shell.code(), shell.err());
    assertTrue(shell.out().contains("judge scripted: 4 calls to make, 0 known"), shell.out());
    Files.createDirectories(folder.resolve("data/mt_bench/model_answer"));
    Shell both = judge("Rating: [[6]]", "--answers", folder.resolve("data").toString());
    assertEquals(2, both.code());
    assertTrue(
        both.err().contains("holds the answers to 2 benchmarks: [mt_bench, vicuna_bench]."),
        both.err());
  }

  /** The second time all replies are known: no model is opened, and the files stay as they are. */
  @Test
  void withoutACallToMakeNoModelIsOpened() throws IOException {
    int[] opened = {0};
    String[] words = {
      "judge", "--judge", "m", "--answers", answers(), "--out", folder.resolve("out").toString()
    };
    ModelOpener opener =
        new ModelOpener() {
          @Override
          public OpenedModel open(ModelChoice choice) {
            opened[0]++;
            return new OpenedModel(
                new ScriptedModel(
                    (trainings, request) -> ScriptedModel.says("[[6]]", 0.5),
                    (trainings, request) -> ScriptedModel.scores(request, 0.5)),
                Optional.of(CHAT));
          }

          @Override
          public Optional<Unopened> look(ModelChoice choice) {
            return Optional.of(new Unopened("scripted", "d", "float32", true));
          }
        };
    Shell first = Shell.run(opener, words);
    assertEquals(0, first.code(), first.err());
    assertEquals(1, opened[0]);
    String summary = Files.readString(folder.resolve("out/summary.json"));
    Shell second = Shell.run(opener, words);
    assertEquals(0, second.code(), second.err());
    assertEquals(1, opened[0]);
    assertTrue(second.out().contains("0 calls made, 4 replies were known"), second.out());
    assertEquals(summary, Files.readString(folder.resolve("out/summary.json")));
  }

  /** AlpacaEval's forms have their own bounds; the flags were taken and did nothing. */
  @Test
  void flagsOfOtherProtocolsAreRefused() throws IOException {
    for (String flag : List.of("--temperature", "--max-tokens")) {
      Shell shell =
          judge("", "--protocol", "alpaca", flag, "1", "--answers", "a", "--baseline", "b");
      assertEquals(2, shell.code(), shell.out());
      assertTrue(shell.err().contains(flag + " does nothing with --protocol alpaca."), shell.err());
    }
  }

  @Test
  void alpacaEvalsFilesAreWritten() throws IOException {
    Path base = folder.resolve("base.json");
    Path own = folder.resolve("own/model_outputs.json");
    AlpacaOutputs.write(base, List.of(Answer.of("i", "a", "base", "")));
    AlpacaOutputs.write(own, List.of(Answer.of("i", "b", "own", "")));
    String[] flags = {
      "--protocol",
      "alpaca-weighted",
      "--baseline",
      base.toString(),
      "--answers",
      own.getParent().toString()
    };
    // P(M) is nine times P(m) whatever stands where: 1.9 and 3 - 1.9 = 1.1 make 1.5.
    Shell shell = judge("", flags);
    assertEquals(0, shell.code(), shell.err());
    assertTrue(shell.out().contains("changed 100.0 % of verdicts"), shell.out());
    var preference = AlpacaFiles.readAnnotations(folder.resolve("out/annotations.json")).get(0);
    assertEquals(1.9, preference.game1().getAsDouble(), 1e-12);
    assertEquals(1.1, preference.game2().getAsDouble(), 1e-12);
    String leaderboard = Files.readString(folder.resolve("out/leaderboard.csv"));
    assertTrue(
        leaderboard.lines().skip(1).findFirst().orElseThrow().startsWith("own,"), leaderboard);
    assertTrue(judge("", flags).out().contains("0 calls made, 2 replies were known"));
  }

  @Test
  void aModelWithoutAChatTemplateIsNoJudge() throws IOException {
    Shell shell =
        Shell.run(
            "judge", "--answers", answers(), "--judge", "m", "--out", folder.toString() + "/o");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("m has no chat template"), shell.err());
  }
}
