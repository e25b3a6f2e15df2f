package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.LmEvalFiles;
import org.soft4j.evaluation.ModelServer;
import org.soft4j.lm.open.LocalOpening;

/** {@code eval --model http://…} against a server on this machine, and what is exported of it. */
class EndpointEvaluationTest {
  private static final String QUESTION =
      "{\"question_id\": 81, \"category\": \"writing\", \"turns\": [\"Sing.\", \"And \\u00e9?\"]}\n";

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void files() throws IOException {
    out = folder.resolve("out");
    Files.writeString(folder.resolve("mt.jsonl"), QUESTION);
    Files.writeString(
        folder.resolve("alpaca.json"),
        "[{\"instruction\": \"Count.\", \"output\": \"o\", \"generator\": \"g\", \"dataset\": \"d\"}]");
  }

  private String eval(ModelServer server, int code, String words) {
    return run(
        code,
        "eval --model %s#m --out %s --option mt_bench.file=%s --option alpaca_eval.file=%s %s"
            .formatted(
                server.address(),
                out,
                folder.resolve("mt.jsonl"),
                folder.resolve("alpaca.json"),
                words));
  }

  private static String run(int code, String words) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    PrintStream said = System.out;
    PrintStream cried = System.err;
    PrintStream ear = new PrintStream(heard, true, StandardCharsets.UTF_8);
    System.setOut(ear);
    System.setErr(ear);
    try {
      int ended = Main.run(new Soft4j(LocalOpening::open, Progress.SILENT), words.split(" "));
      assertEquals(code, ended, heard.toString(StandardCharsets.UTF_8));
      return heard.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(said);
      System.setErr(cried);
    }
  }

  private static JsonNode body(String answered) throws IOException {
    return new ObjectMapper().readTree(answered.substring(answered.indexOf(' ')));
  }

  @Test
  void aConversationGoesAsItsMessages() throws IOException {
    try (ModelServer server = new ModelServer(true)) {
      eval(server, 0, "--tasks mt_bench");
      assertEquals(2, server.answered.size());
      assertTrue(server.answered.get(1).startsWith("/v1/chat/completions "));
      JsonNode second = body(server.answered.get(1)).path("messages");
      List<String> roles = new ArrayList<>();
      second.forEach(message -> roles.add(message.path("role").asText()));
      assertEquals(List.of("user", "assistant", "user"), roles);
      assertEquals("And é?", second.path(2).path("content").asText());
      assertTrue(second.path(1).path("content").asText().startsWith("answer "));
    }
  }

  @Test
  void plainTextsGoAsTheyAre() throws IOException {
    try (ModelServer server = new ModelServer(true)) {
      eval(server, 0, "--tasks alpaca_eval --plain-texts");
      assertEquals(1, server.answered.size());
      assertTrue(server.answered.get(0).startsWith("/v1/completions "));
      assertEquals(
          "\n\nHuman: Count.\n\nAssistant:", body(server.answered.get(0)).path("prompt").asText());
    }
  }

  @Test
  void aServerWithoutEchoIsRefusedForTasksThatScoreBeforeAnythingElse() throws IOException {
    try (ModelServer server = new ModelServer(false)) {
      String said = eval(server, 2, "--tasks alpaca_eval,micro_truth,micro_hhh");
      assertEquals(1, server.answered.size(), "one call finds it out");
      assertTrue(said.contains("Log-probabilities are needed for micro_truth, micro_hhh."), said);
      assertTrue(said.contains("does not return the log-probabilities of an echoed prompt"), said);
      assertTrue(said.contains("or name a local model"), said);
      assertFalse(Files.exists(out), "nothing was begun");
      eval(server, 0, "--tasks alpaca_eval");
    }
  }

  /** The server's log-probability of a character with code c is -(c mod 7 + 1) / 8. */
  @Test
  void scoresAreSumsOverTheContinuation() throws IOException {
    try (ModelServer server = new ModelServer(true)) {
      eval(server, 0, "--tasks micro_truth --limit 1 --log-samples");
      double expected = 0;
      Path samples = exported("samples_micro_truth_");
      JsonNode line = new ObjectMapper().readTree(Files.readAllLines(samples).get(0));
      for (char c : line.at("/arguments/gen_args_0/arg_1").asText().toCharArray()) {
        expected -= (c % 7 + 1) / 8.0;
      }
      assertEquals(expected, line.at("/resps/0/0/0").asDouble(), 1e-12);
      assertEquals("True", line.at("/resps/0/0/1").asText());
    }
  }

  private Path exported(String beginning) throws IOException {
    try (var files = Files.list(out.resolve("lm-eval/m"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(beginning))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void answersAreExportedForFastChatAndAlpacaEvalAndReadBack() throws IOException {
    try (ModelServer server = new ModelServer(true)) {
      eval(server, 0, "--tasks mt_bench,alpaca_eval --log-samples");
    }
    Path files = folder.resolve("files");
    run(0, "export fastchat %s --out %s".formatted(out, files));
    String answer = Files.readString(files.resolve("mt_bench/model_answer/m.jsonl"));
    assertTrue(answer.startsWith("{\"question_id\":81,\"answer_id\":\""), answer);
    assertTrue(
        answer.contains("\"model_id\":\"m\",\"choices\":[{\"index\":0,\"turns\":[\"answer "));
    run(0, "export alpaca-eval %s --as other/name --out %s".formatted(out, files));
    var output = AlpacaOutputs.read(files.resolve("other__name/model_outputs.json")).get(0);
    assertEquals("Count.", output.instruction());
    assertEquals("d", output.category());
    assertEquals("other__name", output.model());
    var table = LmEvalFiles.read(out.resolve("lm-eval"));
    assertEquals(4, table.rowCount(), "words and ended, of two tasks");
  }

  /** Log-probabilities are the server's own rule: b is -1/8, c -2/8. */
  @Test
  void textsAreScoredContinuedAndLabelledThere() throws IOException {
    Path lines = folder.resolve("in.jsonl");
    Path written = folder.resolve("out.jsonl");
    try (ModelServer server = new ModelServer(true)) {
      Files.writeString(lines, "{\"context\": \"a\", \"continuation\": \"bc\"}\n");
      String where = " --model %s#m --input %s --output %s";
      run(0, "score" + where.formatted(server.address(), lines, written));
      JsonNode score = new ObjectMapper().readTree(Files.readString(written));
      assertEquals(-0.375, score.path("logprob").asDouble(), 1e-12);
      assertEquals(2, score.path("tokens").asInt());
      Files.writeString(lines, "{\"prompt\": \"a\"}\n");
      Files.delete(written);
      run(0, "generate" + where.formatted(server.address(), lines, written));
      assertTrue(Files.readString(written).contains("\"text\":\"answer "));
      String label = "label --model %s#m --prompts %s --pool helpful --template plain --out %s";
      run(0, label.formatted(server.address(), lines, folder.resolve("labels")));
      assertTrue(Files.readString(folder.resolve("labels/labels.jsonl")).contains("answer "));
    }
  }

  @Test
  void whatNeedsAModelHereSaysSo() throws IOException {
    try (ModelServer server = new ModelServer(true)) {
      String said =
          run(2, "run micro --model %s#m --out %s".formatted(server.address(), folder + "/run"));
      assertTrue(said.contains("is an endpoint; this command needs a model that runs here"), said);
      said = eval(server, 2, "--tasks alpaca_eval --device cpu");
      assertTrue(said.contains("--device"), said);
      said = eval(server, 2, "--tasks alpaca_eval --model-name other");
      assertTrue(said.contains("named twice"), said);
      assertEquals(0, server.answered.size());
    }
  }
}
