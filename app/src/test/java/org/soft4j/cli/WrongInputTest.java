package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.Progress;
import org.soft4j.core.RunFolder;
import org.soft4j.lm.open.LocalOpening;

/** Whatever a user does wrong ends with exit code 2, the problem, and what to do about it. */
@Tag("slow")
class WrongInputTest {
  // Commands are split at blanks; @ stands for the folder of the files below.
  private static final String GENERATE = "generate --input @/ok.jsonl --output @/o --model ";
  private static final String MICRO = GENERATE + "micro-1 ";
  private static final String SCORE = "score --model micro-1 --input ";
  private static final String RUN = "run micro --out @/new ";
  private static final String EVAL = "eval --out @/new --model micro-1 ";
  private static final String EXPORT = "export lm-eval --out @/new ";
  private static final String JUDGE = "judge --out @/new --judge micro-1 ";
  private static final String RANK =
      "judge --out @/new --protocol alpaca --baseline @/base.json --answers @/base.json --judge ";

  // Words of Java and of its libraries, which no user's error names.
  private static final List<String> INSIDES =
      List.of("Exception", "org.soft4j", "[Source", "Feature", "reference chain", "deserialize");

  @TempDir static Path folder;

  @BeforeAll
  static void files() throws IOException {
    new WrongInput(folder).all();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        of("a missing model", GENERATE + "@/none", "no model", "none"),
        of("a truncated model", GENERATE + "@/truncated", "model.safetensors", "again"),
        of("a truncated GGUF file", GENERATE + "@/cut.gguf", "cut.gguf", "again"),
        of("a tensor of the wrong shape", GENERATE + "@/misshapen", "shape", "353"),
        of("an unknown architecture", GENERATE + "@/foreign", "mamba", "llama"),
        of("an adapter of another model", MICRO + "--adapter @/adapter", "q_proj", "128"),
        of("a missing adapter", MICRO + "--adapter @/none", "no adapter", "none"),
        of("an unknown device", MICRO + "--device tpu", "\"tpu\"", "cpu"),
        of("a device that is not there", MICRO + "--device gpu:99", "gpu:99", "--device cpu"),
        of("a device number beyond all", MICRO + "--device gpu:99999999999", "gpu:9999", "cpu"),
        of("an unknown beginning of texts", MICRO + "--bos yes", "\"yes\"", "auto"),
        of("an unknown number format", MICRO + "--dtype int3", "\"int3\"", "bfloat16"),
        of(
            "threads without end",
            MICRO + "--threads 1000000",
            "1000000",
            "processors",
            "--threads 0"),
        of("fewer threads than none", MICRO + "--threads -1", "--threads", "-1"),
        of("a temperature below 0", MICRO + "--temperature -1", "temperature", "-1"),
        of("a top-p of 0", MICRO + "--top-p 0", "top-p", "0"),
        of("no new tokens", MICRO + "--max-new-tokens 0", "--max-new-tokens", "1 or more"),
        of("a word for a number", MICRO + "--seed one", "--seed", "one"),
        of("an output under a file", SCORE + "@/fine.jsonl --output @/ok.jsonl/o", "ok.jsonl"),
        of("a missing input", SCORE + "@/none.jsonl --output @/o", "none.jsonl", "--input"),
        of(
            "malformed JSON Lines",
            SCORE + "@/comma.jsonl --output @/o",
            "comma.jsonl, line 1",
            "continuation"),
        of(
            "an empty continuation",
            SCORE + "@/mute.jsonl --output @/o",
            "mute.jsonl, line 1",
            "empty"),
        of(
            "an input that is not UTF-8",
            SCORE + "@/latin.jsonl --output @/o",
            "latin.jsonl",
            "UTF-8"),
        of("no benchmark", EVAL, "--tasks", "--help"),
        of("a misspelt benchmark", EVAL + "--tasks micro_thruth", "micro_thruth", "micro_truth"),
        of("a pattern without a match", EVAL + "--tasks nano_*", "nano_*", "micro_truth"),
        of("no model to measure", "eval --tasks micro_truth --out @/new", "No model", "--model"),
        of("nowhere to write", "eval --tasks micro_truth --model micro-1", "No folder", "--out"),
        of("a limit below 0", EVAL + "--tasks micro_truth --limit -1", "--limit is -1", "0"),
        of("shots below 0", EVAL + "--tasks micro_truth --shots -1", "--shots", "0 or more"),
        of("more shots than a pool has", EVAL + "--tasks micro_truth --shots 999", "999", "pool"),
        of(
            "a folder without the benchmark",
            EVAL + "--tasks truthfulqa_mc1 --data @/none",
            "mc_task.json",
            "truthfulqa.file=PATH"),
        of(
            "an unknown revision",
            EVAL + "--tasks truthfulqa_mc1 --option truthfulqa.revision=1999",
            "1999",
            "truthfulqa.revision=v1"),
        of("a word for a world", EVAL + "--tasks micro_truth --option micro.world=x", "x", "=1"),
        of(
            "a chat with a model that knows none",
            EVAL + "--tasks micro_truth --apply-chat-template",
            "no chat template",
            "--apply-chat-template"),
        of(
            "a name for a model that is here",
            EVAL + "--tasks micro_truth --model-name m",
            "--model-name",
            "--model"),
        of(
            "plain texts anyway",
            EVAL + "--tasks micro_truth --plain-texts",
            "--plain-texts",
            "endp"),
        of("no call at a time", EVAL + "--tasks micro_truth --concurrency 0", "--concurrency", "1"),
        of(
            "an endpoint that is not there",
            "eval --out @/new --tasks micro_truth --model http://127.0.0.1:1/v1#m",
            "nothing answers there",
            "Check that the server runs"),
        of("half an address", "eval --out @/new --tasks micro_truth --model http://", "no address"),
        of(
            "a secret in an address",
            "eval --out @/new --tasks micro_truth --model http://h/v1?k=v",
            "secret"),
        of(
            "an evaluation that is there",
            "eval --model micro-1 --tasks micro_truth --limit 2 --out @/answered",
            "holds an evaluation already",
            "--resume"),
        of(
            "another evaluation to go on with",
            "eval --model micro-1 --tasks micro_hhh --resume --out @/answered",
            "other settings",
            "--out"),
        of("an export of nothing", EXPORT + "@/none", "no folder", "eval --out"),
        of("an export of something else", EXPORT + "@", "neither eval.json nor run.json", "runs/"),
        of("an export before any round", EXPORT + "@/made", "no measured round", "measure"),
        of("an export of a round to come", EXPORT + "@/made --round 7", "measured round", "one"),
        of("a round of no run", EXPORT + "@/answered --round 1", "no run", "--round"),
        of("an export without a place", "export lm-eval @/answered", "--out", "--help"),
        of("an unknown format", "export csv @/answered --out @/new", "csv", "--help"),
        of("changed items", EXPORT + "@/changed", "2 samples", "3 items", "evaluate"),
        of("changed questions", EXPORT + "@/another", "other questions", "evaluate"),
        of("damaged samples", EXPORT + "@/damaged", "line 1", "bracket", "Delete the file"),
        of(
            "no answers for FastChat",
            "export fastchat @/answered --out @/new",
            "mt_bench or vicuna",
            "micro_truth",
            "./soft4j eval"),
        of(
            "no answers for AlpacaEval",
            "export alpaca-eval @/answered --out @/new",
            "alpaca_eval",
            "./soft4j eval"),
        of("a comparison with nothing", "compare @/answered @/none", "no folder", "none"),
        of("an unknown preset", "run mirco --out @/new", "mirco", "micro"),
        of("no preset", "run --out @/new", "No preset", "micro"),
        of(
            "an unknown method",
            RUN + "--method sof",
            "\"sof\"",
            "mean soft?",
            "single, soft, soft+"),
        of("an unknown benchmark", RUN + "--tasks micro_thruth", "micro_thruth", "micro_truth"),
        of("an unknown setting", RUN + "--set training.rnak=4", "training.rnak", "training.rank"),
        of("a setting without a value", RUN + "--set training.rank", "training.rank", "key=value"),
        of(
            "a word for a setting's number",
            RUN + "--set training.rank=big",
            "rank",
            "whole number"),
        of("no rounds", RUN + "--rounds 0", "rounds is 0", "1"),
        of("a rank of 0", RUN + "--set training.rank=0", "training.rank", "1"),
        of("no epochs", RUN + "--set training.epochs=0", "training.epochs", "1"),
        of("no batch", RUN + "--set training.batch_size=0", "training.batch_size", "1"),
        of("a learning rate below 0", RUN + "--set training.learning_rate=-1", "rate", "-1"),
        of(
            "no new tokens in a run",
            RUN + "--set labelling.max_new_tokens=0",
            "max_new_tokens",
            "1"),
        of(
            "more demonstrations than the pool",
            RUN + "--set demonstrations.shots=99",
            "99",
            "pool"),
        of(
            "an unknown projection",
            RUN + "--set training.target_modules=x_proj",
            "x_proj",
            "q_proj"),
        of("items below 0", RUN + "--limit -1", "--limit", "-1"),
        of("fewer prompts than rounds", RUN + "--prompts @/two.jsonl", "2 prompts", "--rounds 2"),
        of(
            "a malformed prompt line",
            RUN + "--prompts @/comma.jsonl",
            "comma.jsonl, line 2",
            "JSON"),
        of("a prompts file without end", RUN + "--prompts @/quote.csv", "quote.csv", "quote"),
        of("prompts that are not UTF-8", RUN + "--prompts @/latin.jsonl", "line 2, byte", "UTF-8"),
        of("no prompts", RUN + "--prompts @/empty.jsonl", "empty.jsonl", "prompt"),
        of("an id that stands twice", RUN + "--prompts @/twice.jsonl", "line 2", "\"1\""),
        of("prompts of an unknown kind", RUN + "--prompts @/no.json", "no.json", ".jsonl"),
        of("a missing pool", RUN + "--pool @/none.jsonl", "none.jsonl", "path"),
        of(
            "a mistyped pool",
            RUN + "--pool mirco",
            "no such file",
            "mean micro?",
            "micro, helpful"),
        of("mistyped prompts", RUN + "--prompts nope", "nope", "no such file", "micro"),
        of("an empty pool", RUN + "--pool @/empty.jsonl", "empty.jsonl", "demonstration"),
        of("a ragged pool row", RUN + "--pool @/ragged.csv", "ragged.csv, line 3", "columns"),
        of("a pool row without response", RUN + "--pool @/halved.csv", "line 3", "response"),
        of("a config that is no JSON", RUN + "--config @/no.json", "no.json", "JSON"),
        of("a config with an unknown key", RUN + "--config @/odd.json", "rnak", "rank"),
        of("a missing config", RUN + "--config @/none.json", "none.json", "path"),
        of("a run file for a folder", "run micro --out @/ok.jsonl", "ok.jsonl", "--out"),
        of("nothing to resume", "run --resume --out @/none", "no run in", "--out"),
        of("an --out that holds a run", "run micro --out @/made", "already holds", "--resume"),
        of("a resume made otherwise", "run --resume --out @/made --rounds 3", "was 2 and is 3"),
        of(
            "an evaluation into a run",
            "eval --model micro-1 --tasks micro_truth --limit 2 --out @/made",
            "holds a run (run.json)",
            "--out"),
        of("a run into an evaluation", "run micro --out @/answered", "(eval.json)", "--out"),
        of(
            "labels into a run's round",
            "label --model micro-1 --prompts @/two.jsonl --pool micro --out @/made/round-1",
            "belongs to the run in",
            "--out"),
        of("an empty folder name", "run micro --out=", "empty path", "--out"),
        of("a report of nothing", "report @/none", "none", "run"),
        of("a comparison of nothing", "compare @/none @/none", "none", "run"),
        of(
            "labels that are not there",
            "train --model micro-1 --labels @/none --out @/new",
            "none"),
        of(
            "labels that are none",
            "train --model micro-1 --labels @/ok.jsonl --out @/new",
            "line 1",
            "\"tokens\" is missing"),
        of("an unknown protocol", JUDGE + "--answers @/ok.jsonl --protocol par", "\"par\"", "pair"),
        of("answers that are not there", JUDGE + "--data @ --answers @/none", "none", "--answers"),
        of(
            "answers that are none",
            JUDGE + "--data @ --answers @/ok.jsonl",
            "ok.jsonl, line 1",
            "question_id"),
        of(
            "a folder without judge prompts",
            JUDGE + "--data @ --bench vicuna_bench --answers @/ok.jsonl",
            "question.jsonl",
            "--data"),
        of(
            "an unknown bench",
            JUDGE + "--data @ --bench vicunna --answers @/ok.jsonl",
            "vicunna",
            "vicuna_bench"),
        of("no repeats", JUDGE + "--answers @/ok.jsonl --repeats 0", "--repeats", "1"),
        of("no reply", JUDGE + "--answers @/ok.jsonl --max-tokens 0", "--max-tokens", "1"),
        of("a bound without prices", RANK + "micro-1 --max-cost 3", "--max-cost", "--price-in"),
        of("one price", RANK + "micro-1 --price-in 3", "--price-out", "both"),
        of("outputs that are no JSON", RANK + "micro-1 --answers @/no.json", "2 files"),
        of(
            "a baseline that is no JSON",
            "judge --out @/new --protocol alpaca --answers @/base.json --judge m --baseline @/no.json",
            "no.json, line 1",
            "[{"),
        of("a judge that does not chat", RANK + "micro-1", "micro-1", "chat template"),
        of("a judge's address without a host", RANK + "http://", "http://", "localhost:8000"),
        of("a judge's address with a key", RANK + "http://a/v1?key=b", "secret", "SOFT4J_API_KEY"),
        of("no calls at a time", RANK + "http://a/v1#m --concurrency 0", "--concurrency", "1"),
        of(
            "a judge that may charge, unasked",
            RANK.replace("--answers @/base", "--answers @/other") + "http://127.0.0.1:1/v1#m",
            "2 calls",
            "--yes"),
        of(
            "a judge that is not there",
            RANK.replace("--answers @/base", "--answers @/other") + "http://127.0.0.1:1/v1#m --yes",
            "127.0.0.1:1",
            "nothing answers there",
            "asked about"),
        of("a study of no seeds", "study micro --seeds 0 --out @/new", "--seeds", "1"),
        of("a pre-training of no steps", "micro pretrain --steps 0 --out @/new", "--steps", "1"),
        of(
            "a pre-training of an unknown size",
            "micro pretrain --size large --out @/new",
            "\"large\"",
            "micro or small"),
        of(
            "a world that there is none of",
            "eval --model micro-1 --tasks micro_truth --option micro.world=small --out @/new",
            "\"small\"",
            "small-1"),
        of("an unknown command", "rum micro", "rum", "--help"),
        of("an unknown flag", "run micro --seeed 1", "--seeed", "--help"));
  }

  private static Arguments of(String mistake, String command, String... named) {
    return Arguments.of(mistake, command, List.of(named));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsRemedy(String mistake, String command, List<String> named) {
    assertUserError(run(command), named);
  }

  @Test
  void aSecondProcessOnARunFolderIsRefused() {
    try (RunFolder first =
        CompletableFuture.supplyAsync(() -> RunFolder.open(folder.resolve("busy"))).join()) {
      Said said = run("run micro --resume --out @/busy");
      assertUserError(
          said, List.of("in use by other work of this process", first.root().toString(), "--out"));
    }
  }

  @Test
  void aFullDiskSaysWhatIsKept() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        does("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", small.toString()),
        "only root can mount a file system that is soon full");
    try {
      assertUserError(
          run("run micro --limit 2 --out @/small/run"),
          List.of("The disk is full", small.toString(), "--resume"));
    } finally {
      assertTrue(does("umount", small.toString()));
    }
  }

  private static boolean does(String... command) throws Exception {
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    return process.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
  }

  private static void assertUserError(Said said, List<String> named) {
    assertAll(
        said.err,
        () -> assertEquals(2, said.code),
        () -> assertTrue(said.err.lines().anyMatch(l -> l.startsWith("error: ")), "a problem"),
        () -> assertTrue(said.err.lines().anyMatch(l -> l.startsWith("  ")), "has a remedy"),
        () -> assertFalse(said.err.contains("\tat "), "has no trace"),
        () -> assertFalse(Files.exists(folder.resolve("new")), "leaves no folder"),
        () -> INSIDES.forEach(inside -> assertFalse(said.err.contains(inside), "names " + inside)),
        () -> named.forEach(word -> assertTrue(said.err.contains(word), "names " + word)));
  }

  private record Said(int code, String err) {}

  private static Said run(String command) {
    String[] words = command.replace("@", folder.toString()).split(" ");
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(new Soft4j(LocalOpening::open, Progress.SILENT), words);
      return new Said(code, heard.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }
}
