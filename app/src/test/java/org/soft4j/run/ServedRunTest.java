package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.StandInServer.Fault;
import org.soft4j.soft.Label;
import org.soft4j.soft.RunFiles;

/**
 * Runs whose labels a server writes, over a stand-in that answers as a vLLM was seen to and
 * computes with the same micro model: what is expected is what the run gives without a server.
 */
@Timeout(300)
@Tag("slow")
class ServedRunTest {
  // Rounding differs with what is computed at once: one text there, a chunk here.
  private static final double CLOSE = 1e-3;

  @TempDir Path folder;

  /** Greedy, so that a server's random numbers do not matter; few prompts, one of them a trap. */
  private SoftSession session(String method) throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    if (!Files.exists(prompts)) {
      List<String> lines = new ArrayList<>();
      SoftSession.micro().inputs().prompts().stream()
          .limit(45)
          .forEach(prompt -> lines.add(Json.line(prompt)));
      Files.write(prompts, lines, StandardCharsets.UTF_8);
    }
    return SoftSession.micro()
        .prompts(prompts)
        .set("data.validation", "micro")
        .set("method", method)
        .set("labelling.temperature", "0")
        .set("labelling.chunk", "8")
        .set("training.rank", "4")
        .set("model.threads", "1")
        .tasks(List.of("micro_truth"))
        .shots(List.of(0))
        .limit(6);
  }

  private SoftSession served(String method, StandInServer server) throws IOException {
    return session(method).set("server.address", server.address());
  }

  private static SoftSession.RunOptions options(
      List<String> notes, Cancellation cancel, boolean resume) {
    return new SoftSession.RunOptions(
        LocalOpening.OPENER, Progress.SILENT, notes::add, cancel, CostGate.SHUT, resume, false);
  }

  private List<Label> labels(String run, int round) {
    return Json.readLines(folder.resolve(run + "/round-" + round + "/labels.jsonl"), Label.class);
  }

  private byte[] adapter(String run, int round) throws IOException {
    return Files.readAllBytes(
        folder.resolve(run + "/round-" + round + "/adapter/adapter_model.safetensors"));
  }

  private void assertSameRun(String expected, String actual) throws IOException {
    for (int round = 1; round <= 3; round++) {
      List<Label> here = labels(expected, round);
      List<Label> there = labels(actual, round);
      assertEquals(here.size(), there.size());
      for (int i = 0; i < here.size(); i++) {
        assertEquals(here.get(i).response(), there.get(i).response());
        assertEquals(here.get(i).promptId(), there.get(i).promptId());
        assertEquals(here.get(i).tokens(), there.get(i).tokens());
        assertEquals(here.get(i).finish(), there.get(i).finish());
        assertEquals(here.get(i).perplexity(), there.get(i).perplexity(), CLOSE);
      }
      assertArrayEquals(adapter(expected, round), adapter(actual, round), "adapter " + round);
    }
    var here = RunFiles.readMetrics(read(expected + "/metrics.csv"), "here");
    var there = RunFiles.readMetrics(read(actual + "/metrics.csv"), "there");
    assertEquals(here.size(), there.size());
    for (int i = 0; i < here.size(); i++) {
      assertEquals(here.get(i).metric(), there.get(i).metric());
      // What a server does not tell of its tokens.
      if (!here.get(i).metric().equals("token_entropy")) {
        assertEquals(here.get(i).value(), there.get(i).value(), CLOSE, here.get(i).metric());
      }
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void threeRoundsThroughAServerAreThoseWithoutOne() throws IOException {
    session("soft").run(folder.resolve("local"));
    try (StandInServer server = new StandInServer()) {
      SessionResult result = served("soft", server).run(folder.resolve("served"));
      assertSameRun("local", "served");
      assertEquals(List.of(), server.adapters(), "everything is unloaded");
      // The empty one, the telling one, and one a round.
      assertEquals(5, server.asked("/v1/load_lora_adapter"));
      assertEquals(
          5,
          server.requests.stream()
              .filter(request -> request.startsWith("/v1/load_lora_adapter"))
              .distinct()
              .count(),
          "no name is used twice");
      assertFalse(Files.exists(folder.resolve("served").resolve(RunServers.PLACE)));
      String record = read("served/run.json");
      assertTrue(record.contains("repeatable only in the same company"), record);
      assertTrue(
          Files.readString(result.report()).contains("repeatable only in the same company"),
          "the report says it too");
    }
  }

  @Test
  void sortedByPerplexitiesOfTheServer() throws IOException {
    session("soft+").run(folder.resolve("local"));
    try (StandInServer server = new StandInServer()) {
      server.meeting(Fault.BUSY, Fault.BROKEN, Fault.CUT);
      served("soft+", server).run(folder.resolve("served"));
      assertSameRun("local", "served");
    }
  }

  /** The lost adapter is loaded again; what had come is not asked for again. */
  @Test
  void faultsOnTheWayChangeNothing() throws IOException {
    session("soft").run(folder.resolve("local"));
    try (StandInServer server = new StandInServer()) {
      List<String> notes = new ArrayList<>();
      AtomicInteger rounds = new AtomicInteger();
      Cancellation watching =
          () -> {
            if (server.adapters().stream().anyMatch(name -> name.startsWith("soft4j-"))
                && rounds.get() == 0
                && Files.exists(folder.resolve("served/round-1/metrics.csv"))) {
              rounds.incrementAndGet();
              server.meeting(Fault.SLOW, Fault.RESTARTED, Fault.CUT, Fault.BUSY, Fault.BROKEN);
            }
            return false;
          };
      served("soft", server).run(folder.resolve("served"), options(notes, watching, false));
      assertSameRun("local", "served");
      assertEquals(1, rounds.get());
      assertTrue(
          notes.contains("the server no longer has the adapter; it is loaded again"),
          notes::toString);
    }
  }

  @Test
  void anInterruptedRunGoesOnWithAServerThatBeganAgain() throws IOException {
    session("soft").run(folder.resolve("local"));
    Path run = folder.resolve("served");
    Path shared = folder.resolve("shared");
    try (StandInServer server = new StandInServer()) {
      Cancellation inTheSecondRound =
          () -> Files.exists(run.resolve("round-2/written.jsonl.chunks"));
      SoftSession first = served("soft", server).set("server.adapter_path", shared.toString());
      assertThrows(
          CancellationException.class,
          () -> first.run(run, options(new ArrayList<>(), inTheSecondRound, false)));
      assertEquals(List.of(), server.adapters(), "unloaded at the cancel too");
    }
    UserError refused =
        assertThrows(
            UserError.class,
            () ->
                SoftSession.like(run.resolve("run.json"))
                    .set("server.address", "")
                    .run(run, options(new ArrayList<>(), Cancellation.NEVER, true)));
    assertTrue(refused.problem().contains("are written at a server"), refused.problem());
    try (StandInServer other = new StandInServer()) {
      SoftSession.like(run.resolve("run.json"))
          .set("server.address", other.address())
          .run(run, options(new ArrayList<>(), Cancellation.NEVER, true));
    }
    assertSameRun("local", "served");
    try (Stream<Path> left = Files.list(shared)) {
      assertEquals(List.of(), left.toList());
    }
  }

  /**
   * A killed process leaves its adapter loaded; the same digest at the same place is gone on with.
   */
  @Test
  void anAdapterThatIsLoadedAlreadyIsGoneOnWith() throws IOException {
    Path run = folder.resolve("served");
    Path shared = folder.resolve("shared");
    try (StandInServer server = new StandInServer()) {
      SoftSession first = served("soft", server).set("server.adapter_path", shared.toString());
      assertThrows(
          CancellationException.class,
          () ->
              first.run(
                  run,
                  options(
                      new ArrayList<>(),
                      () -> Files.exists(run.resolve("round-2/written.jsonl.chunks")),
                      false)));
      String order =
          server.requests.stream()
              .filter(request -> request.startsWith("/v1/load_lora_adapter"))
              .reduce((a, b) -> b)
              .orElseThrow();
      String name = order.replaceAll(".*\"lora_name\":\"([^\"]+)\".*", "$1");
      server.leave(name, run.resolve("round-1/adapter"), shared.resolve(name));
      long before = server.asked("/v1/load_lora_adapter");
      SoftSession.like(run.resolve("run.json"))
          .run(run, options(new ArrayList<>(), Cancellation.NEVER, true));
      // The two of the trial and those of rounds 2 and 3.
      assertEquals(before + 4, server.asked("/v1/load_lora_adapter"));
      assertEquals(List.of(), server.adapters());
    }
  }

  @Test
  void roundsAreMeasuredAtAServer() throws IOException {
    SoftSession session = session("soft");
    session.run(folder.resolve("local"));
    try (StandInServer server = new StandInServer()) {
      session.set("eval.device", server.address()).run(folder.resolve("served"));
      assertSameRun("local", "served");
      assertTrue(server.requests.stream().anyMatch(request -> request.contains("\"echo\":true")));
      assertEquals(List.of(), server.adapters());
      assertFalse(read("served/run.json").contains("repeatable only"), "labels were written here");
    }
  }

  @Test
  void sglangNamesAnAdapterBehindItsBase() throws IOException {
    session("soft").run(folder.resolve("local"));
    try (StandInServer server = new StandInServer()) {
      server.sglang = true;
      served("soft", server).run(folder.resolve("served"));
      assertSameRun("local", "served");
      assertEquals(5, server.asked("/load_lora_adapter"));
      assertTrue(server.requests.stream().anyMatch(request -> request.contains("\"base:soft4j-")));
    }
  }

  /** The server sees the folder under another name, as in a container. */
  @Test
  void theServerMaySeeTheFolderUnderAnotherName() throws IOException {
    Path shared = folder.resolve("shared");
    try (StandInServer server = new StandInServer()) {
      server.seenAt = shared.toString();
      server.mountedAt = "/adapters";
      served("soft", server)
          .rounds(1)
          .set("server.adapter_path", shared + "=/adapters")
          .run(folder.resolve("served"));
      assertTrue(
          server.requests.stream()
              .filter(request -> request.startsWith("/v1/load_lora_adapter"))
              .allMatch(request -> request.contains("\"lora_path\":\"/adapters/soft4j-")));
    }
  }

  @Test
  void whatUsersWroteGoesThereAsTextAndEverySettingWithIt() throws IOException {
    try (StandInServer server = new StandInServer()) {
      served("soft", server).rounds(1).run(folder.resolve("served"));
      List<String> texts =
          server.requests.stream()
              .filter(request -> request.startsWith("/v1/completions"))
              .filter(request -> !request.contains("\"echo\""))
              .toList();
      assertFalse(texts.isEmpty());
      for (String text : texts) {
        assertTrue(text.contains("\"prompt\":["), text);
        for (String field :
            List.of("temperature", "top_p", "top_k", "min_p", "repetition_penalty")) {
          assertTrue(text.contains("\"" + field + "\":"), text);
        }
      }
    }
  }

  @Test
  void roundsOfAllWeightsAreRefused() throws IOException {
    try (StandInServer server = new StandInServer()) {
      SoftSession full = served("soft", server).set("training.method", "full");
      UserError refused = assertThrows(UserError.class, () -> full.run(folder.resolve("served")));
      assertTrue(refused.problem().contains("only given adapters"), refused.problem());
      assertFalse(Files.exists(folder.resolve("served/run.json")), "nothing was begun");
    }
  }
}
