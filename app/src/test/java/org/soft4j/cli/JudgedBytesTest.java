package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.core.Sha256;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.scripted.ScriptedModel;
import picocli.CommandLine;

/**
 * Everything that judging writes and says, by digest: every protocol, a scripted judge in this
 * process and one behind an endpoint, alone and within {@code eval} and {@code run}. The digests
 * are those of the version before judging became one engine; another byte in a file, a prompt, a
 * cache key or an error is a change that a user sees.
 */
@Tag("slow")
class JudgedBytesTest {
  private static final String GOLDEN = "judged-bytes.txt";
  private static final String LINE = "{\"question_id\": %s, \"choices\": [{\"turns\": [%s]}]}\n";

  @TempDir Path folder;

  private final Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));
  private final Map<String, String> digests = new TreeMap<>();
  private HttpServer server;

  @BeforeEach
  void begin() throws IOException {
    assumeTrue(Files.exists(data.resolve("fastchat")), "SOFT4J_DATA holds no FastChat sets");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", JudgedBytesTest::complete);
    server.start();
    for (String model : List.of("one", "two", "org/three")) {
      answers(model);
    }
    Files.writeString(folder.resolve("base.json"), outputs("base", "a", "b", "b", "c", "d", "e"));
    Files.createDirectories(folder.resolve("own"));
    Files.writeString(
        folder.resolve("own/model_outputs.json"), outputs("own", "b", "a", "c", "c", "e", "x"));
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.stop(0);
    }
  }

  private void answers(String model) throws IOException {
    String file = model.replace("/", "__") + ".jsonl";
    Files.createDirectories(folder.resolve("mt"));
    Files.createDirectories(folder.resolve("vicuna"));
    StringBuilder mt = new StringBuilder();
    StringBuilder vicuna = new StringBuilder();
    for (int id : new int[] {81, 82, 101, 111, 121, 131}) {
      String first = "\"%s says {question} of %s\"".formatted(model, id % 2 == 0 ? 7 : id);
      mt.append(LINE.formatted(id, first + ", \"\\u00e9 " + "x".repeat(id % 10) + model + "\""));
    }
    for (int id : new int[] {1, 2, 61, 68}) {
      vicuna.append(LINE.formatted(id, "\"%s, %s\"".formatted(model, id)));
    }
    Files.writeString(folder.resolve("mt").resolve(file), mt);
    Files.writeString(folder.resolve("vicuna").resolve(file), vicuna);
  }

  /** Outputs to instructions of these names; the second to one of a name is another. */
  private static String outputs(String generator, String... instructions) {
    List<String> rows = new ArrayList<>();
    for (String instruction : instructions) {
      String output = instruction.equals("e") ? "same" : generator + rows.size() + instruction;
      rows.add(
          "{\"instruction\":\"do %s\",\"output\":\"%s\",\"generator\":\"%s\",\"dataset\":\"d\"}"
              .formatted(instruction, instruction.equals("c") ? "" : output, generator));
    }
    return rows.toString();
  }

  /** A reply of every kind, by what is asked alone. */
  private static String reply(String asked) {
    int n = Math.floorMod(Sha256.of(asked).hashCode(), 9);
    if (asked.contains("leaderboard")) {
      String ranks = "[{'model': 'model_1', 'rank': %s}, {'model': 'model_2', 'rank': %s}]";
      return List.of(
              ranks.formatted(1, 2),
              ranks.formatted(2, 1),
              "```" + ranks.formatted(2, 1) + "```",
              ranks.formatted(1, 1),
              ranks.formatted(1, 2) + ranks.formatted(2, 1),
              "Neither.",
              ranks.formatted(3, 1),
              ranks.formatted(2, 1),
              ranks.formatted(1, 2))
          .get(n);
    }
    if (asked.contains("[[A]]")) {
      return List.of(
              "[[A]]",
              "[[B]]",
              "Both: [[C]]",
              "None.",
              "Not [[A]] but [[B]]",
              "<think>[[A]]</think>[[B]]",
              "<think>[[A]]",
              "[[ b ]]",
              "[[A]]")
          .get(n);
    }
    return List.of(
            "Rating: [[7]]",
            "[[7.5]]",
            "Fine.",
            "Rating: 4/10",
            "[[11]]",
            "<think>[[2]]</think>\\u00e9 [[8]]",
            "<think>[[2]]",
            "First [3], then [[4]] and [[6]]",
            "[[1]]")
        .get(n);
  }

  private static void complete(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String text = reply(asked);
    int n = Math.floorMod(Sha256.of(asked).hashCode(), 7);
    String tokens =
        !asked.contains("top_logprobs")
            ? ""
            : ",\"logprobs\":{\"content\":[{\"token\":\"m\",\"logprob\":-0.5,\"top_logprobs\":"
                + "[{\"token\":\"m\",\"logprob\":-0.%s},{\"token\":\"%s\",\"logprob\":-0.7}]}]}"
                    .formatted(n + 1, n == 3 ? "x" : "M");
    String usage =
        n == 2 ? "" : ",\"usage\":{\"prompt_tokens\":%s,\"completion_tokens\":9}".formatted(99 + n);
    byte[] body =
        "{\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"%s\"%s}]%s}"
            .formatted(text, n == 4 ? "length" : "stop", tokens, usage)
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static OpenedModel scripted() {
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) ->
                ScriptedModel.says(
                    request.context().contains("[[")
                            || request.context().contains("leaderboard")
                            || request.context().contains("Please act as")
                        ? reply(request.context() + request.seed())
                        : "it is " + Math.floorMod(request.seed(), 1000) + " after " + trainings,
                    0.5 + 0.4 / (1 + Math.floorMod(request.seed(), 97))),
            (trainings, request) ->
                ScriptedModel.scores(
                    request, 0.1 + Math.floorMod(Sha256.of("" + request).hashCode(), 80) / 100.0));
    return new OpenedModel(model, Optional.of(said -> said.get(said.size() - 1).content()));
  }

  /** Runs a command; {@code @} is the folder, {@code #} the endpoint. Keeps what it says. */
  private void run(String name, String words) throws IOException {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1#judge";
    StringWriter said = new StringWriter();
    CommandLine line =
        Main.commandLine(new Soft4j(choice -> scripted(), Progress.SILENT))
            .setOut(new PrintWriter(said, true))
            .setErr(new PrintWriter(said, true));
    String given = words.replace("@", folder.toString()).replace("#", endpoint);
    int code = line.execute(given.split(" "));
    digest(name + " says", code + "\n" + plain(said.toString()));
  }

  /** Without what differs between machines and times. */
  private String plain(String text) {
    return text.replace(folder.toString(), "@")
        .replace(data.toString(), "DATA")
        .replace("127.0.0.1:" + server.getAddress().getPort(), "HOST")
        .replaceAll("(?m)^.*took [0-9].*$", "took")
        // What can be typed next is held by RunsCommandTest.
        .replaceAll("(?ms)^(kept: [^\n]*\n)?next:\n.*\\z", "");
  }

  private void files(String name, boolean endpoint) throws IOException {
    Path out = folder.resolve(name);
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
        String path = out.relativize(file).toString();
        if (!path.endsWith(".lock")
            && path.matches(
                ".*(judge/|judge_cache|model_judgment|summary|annotations|leaderboard"
                    + "|repeats|metrics\\.csv).*")) {
          digest(name + " " + path, told(Files.readString(file), path, endpoint));
        }
      }
    }
  }

  /** An endpoint's digest and the keys made of it hold its port, and its replies' order is free. */
  private String told(String text, String path, boolean endpoint) {
    String told =
        endpoint ? text.replaceAll("\"(key|judge_digest)\"( ?): ?\"[^\"]*\"", "\"$1\":\"\"") : text;
    return path.endsWith("judge_cache.jsonl")
        ? String.join("\n", told.lines().sorted().toList())
        : plain(told);
  }

  private void digest(String name, String text) throws IOException {
    digests.put(name.replace(' ', '_'), Sha256.of(text).substring(0, 16));
    String kept = System.getenv().getOrDefault("SOFT4J_KEEP_JUDGED", "");
    if (!kept.isEmpty()) {
      Path file = Path.of(kept).resolve(name.replace(' ', '_').replace('/', '+'));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  @Test
  void theBytesAreTheSame() throws IOException {
    String local = "judge --judge m --data " + data + " ";
    String remote = "judge --judge # --yes --data " + data + " ";
    List<String[]> commands =
        List.of(
            new String[] {"single", local + "--answers @/mt"},
            new String[] {
              "repeats", local + "--answers @/mt --repeats 3 --temperature 0.7 --limit 4"
            },
            new String[] {"fastchat", local + "--answers @/vicuna --verdicts fastchat"},
            new String[] {"pair", local + "--answers @/mt --protocol pair --repeats 2"},
            new String[] {
              "against",
              local + "--answers @/mt --protocol pair --baseline two --limit 3 --verdicts fastchat"
            },
            new String[] {
              "ranking",
              local
                  + "--protocol alpaca --answers @/own --baseline @/base.json --repeats 3"
                  + " --verdicts alpaca_eval"
            },
            new String[] {
              "lastrank", local + "--protocol alpaca --answers @/own --baseline @/base.json"
            },
            new String[] {
              "weighted",
              local + "--protocol alpaca-weighted --answers @/own --baseline @/base.json --limit 5"
            });
    for (String[] command : commands) {
      run(command[0], command[1] + " --out @/" + command[0]);
      run(command[0] + " again", command[1] + " --out @/" + command[0]);
      files(command[0], false);
      String name = "remote-" + command[0];
      String there = command[1].replace(local, remote) + " --out @/" + name;
      run(name, there + " --price-in 3 --price-out 15 --max-cost 9");
      files(name, true);
    }
    evaluations();
    refusals(local, remote);
    List<String> found =
        digests.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
    String golden = golden();
    if (!golden.equals(String.join("\n", found) + "\n")) {
      Files.writeString(Path.of("target", GOLDEN), String.join("\n", found) + "\n");
    }
    assertEquals(golden, String.join("\n", found) + "\n", "see target/" + GOLDEN);
  }

  private void evaluations() throws IOException {
    String tasks = " --tasks vicuna,mt_bench,alpaca_eval --limit 4 --out @/";
    String eval = "eval --model m" + tasks;
    run("eval", eval + "eval --judge m --judge-repeats 2");
    files("eval", false);
    run("eval-remote", eval + "eval-remote --judge # --yes --judge-verdicts fastchat");
    files("eval-remote", true);
    run("eval-unasked", eval + "eval-unasked --judge #");
    String method =
        "run micro --model m --template micro --rounds 1 --tasks micro_truth,vicuna,alpaca_eval --limit 4";
    for (boolean weighted : new boolean[] {false, true}) {
      String name = "run-" + weighted;
      String again = " --set judge.weighted=" + weighted;
      run(name, method + again + " --judge # --yes --out @/" + name);
      files(name, true);
      run(name + " resumed", method + again + " --resume --judge # --yes --out @/" + name);
    }
    run("run-unasked", method + " --judge # --out @/run-unasked");
    run("export", "export fastchat @/eval --judgments @/eval/judge/vicuna-0shot --out @/export");
    files("export", false);
  }

  private void refusals(String local, String remote) throws IOException {
    Files.writeString(
        folder.resolve("twice.jsonl"), LINE.formatted(1, "\"a\"") + LINE.formatted(1, "\"b\""));
    Files.writeString(folder.resolve("failed.jsonl"), LINE.formatted(1, "\"$ERROR$\""));
    Files.writeString(folder.resolve("short.jsonl"), LINE.formatted(81, "\"a\""));
    Files.writeString(folder.resolve("lone.jsonl"), LINE.formatted(2, "\"a\""));
    Files.writeString(folder.resolve("unknown.jsonl"), LINE.formatted(999, "\"a\""));
    Files.writeString(folder.resolve("odd.jsonl"), "{\"question_id\": 1, \"text\": \"x\"}\n");
    Files.writeString(folder.resolve("empty.json"), "[]");
    Files.writeString(folder.resolve("object.json"), "{}");
    Files.writeString(folder.resolve("cut.json"), "[{");
    Files.writeString(folder.resolve("fields.json"), "[{\"instruction\": \"i\"}]");
    Files.writeString(folder.resolve("q.jsonl"), "{\"question_id\": 1, \"category\": \"math\"}\n");
    String alpaca = local + "--protocol alpaca --answers ";
    List<String> refused =
        List.of(
            local + "--answers @/mt --protocol pairs",
            local + "--answers @/mt --repeats 0",
            local + "--answers @/mt --max-tokens 0",
            local + "--answers @/mt --temperature NaN",
            local + "--answers @/mt --limit -1",
            local + "--answers @/mt --verdicts alpaca_eval",
            local + "--answers @/mt --verdicts first",
            local + "--answers @/mt --bench mt_bech",
            local + "--answers @/mt --bench vicuna_bench",
            local + "--answers @/none",
            local + "--answers @/mt --answers @/vicuna",
            local + "--answers @/mt --questions @/q.jsonl",
            local + "--answers @/mt --references @/vicuna/one.jsonl",
            local + "--answers @/mt --protocol pair --baseline tow",
            local + "--answers @/mt/one.jsonl --protocol pair",
            local + "--answers @/vicuna/one.jsonl --answers @/lone.jsonl --protocol pair",
            local + "--answers @/twice.jsonl",
            local + "--answers @/failed.jsonl",
            local + "--answers @/short.jsonl",
            local + "--answers @/unknown.jsonl",
            local + "--answers @/odd.jsonl",
            local + "--answers @/own/model_outputs.json",
            alpaca + "@/mt",
            alpaca + "@/base.json --answers @/base.json",
            alpaca + "@/own --baseline @/none.json",
            alpaca + "@/own --baseline @/empty.json",
            alpaca + "@/own --baseline @/object.json",
            alpaca + "@/own --baseline @/cut.json",
            alpaca + "@/own --baseline @/fields.json",
            alpaca + "@/own",
            alpaca + "@/own --baseline @/base.json --verdicts fastchat",
            local + "--answers @/mt --price-in 3",
            local + "--answers @/mt --price-in -3 --price-out 1",
            local + "--answers @/mt --max-cost 3",
            remote.replace("--yes ", "") + "--answers @/mt",
            remote + "--answers @/mt --price-in 30 --price-out 150 --max-cost 0.01",
            "judge --judge http:// --answers @/mt",
            "eval --model m --tasks vicuna --out @/no --judge m --judge-verdicts x");
    for (String words : refused) {
      String more = words.startsWith("judge --judge") ? " --out @/refused" : "";
      run("refused: " + words.replace(data.toString(), "DATA"), words + more);
    }
  }

  private static String golden() throws IOException {
    try (InputStream in = JudgedBytesTest.class.getResourceAsStream(GOLDEN)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
