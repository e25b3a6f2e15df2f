package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.eval.Measurement;
import org.soft4j.soft.RunFiles;

/**
 * What a new user does with a model folder, prompts, wishes and questions of their own: every
 * command is typed into a shell in a process of its own, and what the program says to type next is
 * typed as it stands, its words in capitals replaced. No network, and no file of the project's.
 */
@Timeout(900)
@Tag("slow")
class NewcomersWalkTest {
  private static final String OWN = "how do i clean the kettle ?";
  private static final String OTHER_MODELS = "../toolkit/lm/src/test/resources/golden/qwen2";

  @TempDir Path desk;
  @TempDir Path home;

  private TypedLauncher shell;

  @BeforeEach
  void lay() throws IOException {
    // No SOFT4J_DATA: nothing but what is laid here is there.
    shell = TypedLauncher.in(desk, Map.of("SOFT4J_HOME", home.toString(), "SOFT4J_DATA", ""));
    Path model = EmbeddedModels.unpack("micro-1", home);
    copy(model, desk.resolve("own-model"));
    StringBuilder prompts = new StringBuilder();
    for (String thing : "lamp chair table door boat bottle bridge clock coat drum".split(" ")) {
      prompts.append(prompt("how do i clean the " + thing + " ?"));
      prompts.append(prompt("i want to paint the " + thing + " ."));
      prompts.append(prompt("how do i wash the " + thing + " ?"));
      prompts.append(prompt("help me dry the " + thing + " ."));
      prompts.append(prompt("help me steal the " + thing + " ."));
    }
    Files.writeString(desk.resolve("mine.jsonl"), prompts);
    StringBuilder wishes = new StringBuilder("prompt,response\n");
    for (String thing : "hat jar oven pan pipe plow pot roof".split(" ")) {
      wishes.append(
          "how do i clean the %s ?,\"sure , you can clean the %1$s with a brush .\"\n"
              .formatted(thing));
    }
    Files.writeString(desk.resolve("wishes.csv"), wishes);
    Files.writeString(
        desk.resolve("questions.json"),
        """
        [{"instruction": "how do i wash the rope ?", "output": "go away .", "generator": "rude"},
         {"instruction": "how do i dry the rug ?", "output": "go away .", "generator": "rude"}]
        """);
    Files.writeString(
        desk.resolve("PROMPTS.jsonl"), prompt(OWN) + prompt("help me burn the sail ."));
  }

  private static String prompt(String text) {
    return Json.line(Map.of("prompt", text)) + "\n";
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private String typed(String line) throws IOException, InterruptedException {
    TypedLauncher.Typed typed = shell.type(line);
    assertEquals(0, typed.code(), line + "\n" + typed.out() + typed.err());
    return typed.out();
  }

  /** The commands behind {@code next:}, by their first words. */
  private static Map<String, String> next(String out) {
    Map<String, String> next = new LinkedHashMap<>();
    out.lines()
        .dropWhile(line -> !line.equals("next:"))
        .skip(1)
        .map(String::strip)
        .forEach(
            line -> {
              String[] words = line.split(" ");
              next.put(words[1].equals("models") ? words[2] : words[1], line);
            });
    return next;
  }

  private static String only(String pattern, String text) {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    assertTrue(found.find(), pattern + "\n" + text);
    return found.group(1);
  }

  private String text(String file) throws IOException {
    return Files.readString(desk.resolve(file));
  }

  @Test
  void aRunFromOwnFilesToAMergedModelAndAJudge() throws Exception {
    String out =
        typed(
            "./soft4j run micro --model own-model --prompts mine.jsonl --validation wishes.csv"
                + " --set training.epochs=6 --rounds 2 --shots 0 --limit 12 --tasks micro_truth,alpaca_eval --option"
                + " alpaca_eval.file=questions.json --option alpaca_eval.max_new_tokens=20"
                + " --out runs/mine");
    int kept = Integer.parseInt(only("^round (\\d) is kept", out));
    String adapter = only("^kept: the adapter (\\S+) of own-model$", out);
    assertTrue(out.contains(" over 8 items (from wishes.csv"), out);
    assertEquals("runs/mine/round-%s/adapter".formatted(kept), adapter);

    reportSaysSo(only("^report: (\\S+)$", out), kept);
    String list = typed("./soft4j runs list");
    assertTrue(list.contains("runs/mine\n") && list.contains("round " + kept + " kept"), list);
    assertTrue(typed("./soft4j runs show runs/mine").contains("--validation wishes.csv"));

    Map<String, String> next = next(out);
    assertEquals(
        List.of("chat", "generate", "eval", "merge", "export"), List.copyOf(next.keySet()));
    String merge = next.get("merge");
    String merged = typed(merge.replace("DIR", "merged") + " --dtype f32");
    String answer = typed("echo '" + OWN + "' | " + next.get("chat"));
    assertTrue(answer.contains("you can clean the kettle with"), "it has learned: " + answer);
    String again = only("^try it +(.*)$", merged);
    assertEquals(answer, typed("echo '" + OWN + "' | " + again));

    theMergedModelIsTheSame(next.get("generate"), next.get("eval"), adapter);
    String exported = typed(next.get("export").replace("DIR", "exported"));
    String harness = only("^written: (exported/\\S+)$", exported);
    try (var files = Files.list(desk.resolve(harness))) {
      assertTrue(
          files.anyMatch(f -> f.getFileName().toString().startsWith("samples_micro_truth_")));
    }
    aJudgeGradesTheExportedAnswers(kept);
  }

  /** The page's facts are the console's; the pages of items hold what the model saw. */
  private void reportSaysSo(String report, int kept) throws IOException {
    String page = text(report);
    String words = text(report.replace(".html", ".md"));
    assertTrue(words.contains("Round %s is kept".formatted(kept)), words);
    assertTrue(page.contains("wishes.csv") && page.contains("mine.jsonl"), "where data came from");
    assertTrue(page.contains("samples/micro_truth.html"), "items can be opened");
    // The turns of micro models, as EmbeddedModels' README has them.
    String asked = "\\u003cbos\\u003e \\u003cq\\u003e how do i wash the rope ? \\u003ca\\u003e";
    assertTrue(text("runs/mine/samples/alpaca_eval.html").contains(asked));
    String items = text("runs/mine/samples/micro_truth.html");
    List<String> prompts = text("runs/mine/tasks/micro_truth-0shot.prompts.jsonl").lines().toList();
    assertEquals(12, prompts.size());
    for (String line : prompts) {
      for (JsonNode context : Json.read(line, JsonNode.class, "prompts").path("contexts")) {
        String inPage = context.toString().replace("<", "\\u003c").replace(">", "\\u003e");
        assertTrue(items.contains(inPage), inPage);
      }
    }
  }

  private void theMergedModelIsTheSame(String generate, String eval, String adapter)
      throws IOException, InterruptedException {
    typed(generate);
    String own = "--model own-model --adapter " + adapter;
    assertTrue(generate.contains(own) && eval.contains(own), generate);
    typed(generate.replace(own, "--model merged").replace("TEXTS", "MERGED"));
    assertEquals(text("TEXTS.jsonl"), text("MERGED.jsonl"));

    // The set's own file is named again; how many items are asked is a matter of each command.
    String file = " --limit 12 --option alpaca_eval.file=questions.json";
    String more = file + " --option alpaca_eval.max_new_tokens=20";
    String out = typed(eval.replace("DIR", "eval-adapter") + more);
    typed(eval.replace(own, "--model merged").replace("DIR", "eval-merged") + more);
    sameScores(text("eval-adapter/metrics.csv"), text("eval-merged/metrics.csv"));
    assertEquals(
        row(text("runs/mine/metrics.csv"), adapter.replaceAll("\\D", "")),
        row(text("eval-adapter/metrics.csv"), "0"),
        "the evaluation that is proposed measures what the run measured");
    Map<String, String> next = next(out);
    typed(next.get("compare").replace("OTHER", "eval-merged"));
    typed(next.get("export").replace("DIR", "exported-eval"));
  }

  /** Base and adapter are added in another order than a merged weight: the last digits differ. */
  private static void sameScores(String first, String second) {
    List<Measurement> ones = RunFiles.readMetrics(first, "adapter");
    List<Measurement> others = RunFiles.readMetrics(second, "merged");
    assertEquals(ones.size(), others.size());
    for (int i = 0; i < ones.size(); i++) {
      assertEquals(ones.get(i).metric(), others.get(i).metric());
      assertEquals(ones.get(i).value(), others.get(i).value(), 1e-5, ones.get(i).metric());
    }
  }

  /** A round's mc2 without the round. */
  private static String row(String metrics, String round) {
    return only("^%s,(micro_truth,0,mc2,.*)$".formatted(round), metrics);
  }

  private void aJudgeGradesTheExportedAnswers(int kept) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          // Whoever was not rude is better, in whichever place.
          boolean rudeFirst = asked.indexOf("go away .") < asked.indexOf("model_2");
          String ranks = "[{'model': 'model_1', 'rank': %s}, {'model': 'model_2', 'rank': %s}]";
          byte[] reply =
              "{\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
                  .formatted(ranks.formatted(rudeFirst ? 2 : 1, rudeFirst ? 1 : 2))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    server.start();
    try {
      String told =
          typed("./soft4j export alpaca-eval runs/mine --round " + kept + " --out answers");
      String name = only("^written: answers/([^/]+)/model_outputs.json$", told);
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1#judge";
      String out =
          typed(
              "./soft4j judge --protocol alpaca --answers answers --baseline questions.json --judge "
                  + address
                  + " --yes --out judged");
      assertTrue(out.contains("100.0 ±"), out);
      assertTrue(text("judged/leaderboard.csv").contains(name), out);
    } finally {
      server.stop(0);
    }
  }

  /** Labels, then what is said after them, then what is said after that. */
  @Test
  void theStagesLeadFromOneToTheNext() throws Exception {
    String labelled =
        typed(
            "./soft4j label --model own-model --preset micro --prompts mine.jsonl --pool micro"
                + " --out labels");
    assertTrue(labelled.contains("labels in labels/labels.jsonl"), labelled);
    String trained = typed(next(labelled).get("train").replace("DIR", "trained"));
    Map<String, String> next = next(trained);
    assertEquals(List.of("chat", "generate", "eval", "merge"), List.copyOf(next.keySet()));
    typed(next.get("generate"));
    String written = text("TEXTS.jsonl").lines().findFirst().orElseThrow();
    assertEquals(
        Json.read(written, JsonNode.class, "TEXTS.jsonl").path("text").asText().strip(),
        typed("echo '" + OWN + "' | " + next.get("chat")).strip(),
        "a chat begins as training has it, as generate does");
    typed(next.get("eval").replace("NAMES", "micro_answers").replace("DIR", "eval") + " --limit 6");
    typed(next.get("merge").replace("DIR", "merged"));

    // The words of this tokenizer have no place in a GGUF file, which is said with what can.
    TypedLauncher.Typed refused =
        shell.type(next.get("merge").replace("DIR", "gguf") + " --format gguf");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("a GGUF file cannot hold it exactly"), refused.err());
  }

  /** A model of another family: its GGUF file writes what base and adapter write. */
  @Test
  void aMergedFileForOtherToolsWritesTheSame() throws Exception {
    String own =
        "--model %s --adapter %1$s/lora/adapter"
            .formatted(Path.of(OTHER_MODELS).toAbsolutePath().normalize());
    typed("./soft4j models merge " + own + " --format gguf --dtype f32 --out gguf");
    typed("./soft4j generate " + own + " --input PROMPTS.jsonl --output TEXTS.jsonl");
    List<Path> file = new ArrayList<>();
    try (var files = Files.list(desk.resolve("gguf"))) {
      files.filter(path -> path.toString().endsWith(".gguf")).forEach(file::add);
    }
    typed(
        "./soft4j generate --model %s --input PROMPTS.jsonl --output MERGED.jsonl"
            .formatted(file.get(0)));
    assertArrayEquals(
        Files.readAllBytes(desk.resolve("TEXTS.jsonl")),
        Files.readAllBytes(desk.resolve("MERGED.jsonl")));
  }
}
