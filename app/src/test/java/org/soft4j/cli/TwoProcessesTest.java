package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.OpenedModel;
import picocli.CommandLine;

/** Every command that writes, in a process of its own beside another that writes there already. */
@Timeout(180)
@Tag("slow")
class TwoProcessesTest {
  /** Commands that write nothing but to the screen. */
  private static final Set<String> READERS =
      Set.of(
          "chat",
          "compare",
          "completion",
          "datasets list",
          "datasets show",
          "datasets verify",
          "env",
          "models inspect",
          "models list",
          "runs list",
          // Removes nothing that is in use: nobody waits for a run to end to be rid of it.
          "runs rm",
          "runs show",
          "settings",
          "tasks list",
          "tasks show");

  /** What is typed, and what another process holds; @ is the test's folder. */
  private record Row(String words, String held) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("run micro --out @/run", "folder:@/run"),
          new Row("run micro --resume --out @/resumed", "folder:@/resumed"),
          new Row(
              "label --model micro-1 --prompts @/prompts.jsonl --pool micro --out @/labels",
              "folder:@/labels"),
          new Row("train --model micro-1 --labels @/l.jsonl --out @/trained", "folder:@/trained"),
          new Row(
              "judge --answers @/answers --judge http://127.0.0.1:9/v1#j --yes --out @/judged",
              "folder:@/judged"),
          new Row("study micro --out @/study", "folder:@/study"),
          new Row("eval --model micro-1 --tasks micro_truth --out @/eval", "folder:@/eval"),
          new Row("export lm-eval @/source --out @/lm-eval", "folder:@/lm-eval"),
          new Row("export trl --model micro-1 --labels @/l.jsonl --out @/trl", "folder:@/trl"),
          new Row("export fastchat @/source --out @/fastchat", "folder:@/fastchat"),
          new Row("export alpaca-eval @/source --out @/alpaca", "folder:@/alpaca"),
          new Row("report @/source --out @/reported", "folder:@/reported"),
          new Row("report @/running", "folder:@/running"),
          new Row(
              "generate --model micro-1 --input @/prompts.jsonl --output @/texts.jsonl",
              "file:@/texts.jsonl"),
          new Row(
              "score --model micro-1 --input @/prompts.jsonl --output @/scores.jsonl",
              "file:@/scores.jsonl"),
          new Row("micro pretrain --steps 1 --out @/model", "folder:@/model"),
          new Row(
              "models merge --adapter @/adapter --model micro-1 --out @/merged", "folder:@/merged"),
          new Row("datasets fetch vicuna_bench --offline --data @/sets", "folder:@/sets"),
          new Row(
              "models fetch smollm2-135m-instruct --offline",
              "folder:@/home/models/smollm2-135m-instruct"));

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(
        folder.resolve("prompts.jsonl"),
        "{\"id\": \"a\", \"prompt\": \"<bos> <q>\", \"context\": \"x\", \"continuation\": \"y\"}\n");
  }

  @Test
  void everyCommandIsRefusedWhatAnotherProcessWrites() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<String> places = ROWS.stream().map(row -> at(row.held)).toList();
    try (CommandProcess holder = CommandProcess.holding(folder.resolve("holder.log"), places)) {
      Set<String> before = names();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < ROWS.size(); i++) {
        int row = i;
        all.add(
            two.submit(
                () -> {
                  refused(ROWS.get(row), folder.resolve(row + ".log"), holder.pid());
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertEquals(before, names(), "something was written");
    } finally {
      two.shutdownNow();
    }
    assertEquals(Set.of(), locks());
  }

  private void refused(Row row, Path log, long holder) throws Exception {
    try (CommandProcess process = start(log, row.words)) {
      assertEquals(2, process.code(), () -> row.words + ": " + process.said());
      String said = process.said();
      assertTrue(
          said.contains("is in use by CommandProcess (process " + holder + " on "),
          () -> row.words + ": " + said);
      String remedy =
          row.words.equals("report @/running")
              ? "What is there by now: ./soft4j report " + at("@/running --out @/running-so-far")
              : "Wait for it with --wait, stop it, or choose another place";
      assertTrue(said.contains(remedy), said);
    }
  }

  /** A command that is added stands in one list or the other. */
  @Test
  void everyCommandReadsOrLocks() {
    Set<String> found = new TreeSet<>();
    leaves(
        "",
        Main.commandLine(
            new Soft4j(c -> new OpenedModel(new FakeModel(), Optional.empty()), Progress.SILENT)),
        found);
    // They come from another module, where they have a test of their own.
    found.removeIf(leaf -> leaf.startsWith("notebook"));
    Set<String> known = new TreeSet<>(READERS);
    for (String leaf : found) {
      if (ROWS.stream().anyMatch(row -> row.words.startsWith(leaf + " "))) {
        known.add(leaf);
      }
    }
    assertEquals(found, known);
  }

  private static void leaves(String name, CommandLine command, Set<String> found) {
    if (command.getSubcommands().isEmpty() && !name.isEmpty()) {
      found.add(name);
      boolean waits = command.getCommandSpec().findOption("--wait") != null;
      assertEquals(!READERS.contains(name), waits, name);
    }
    command
        .getSubcommands()
        .forEach((word, below) -> leaves((name + " " + word).strip(), below, found));
  }

  @Test
  void oneThatWaitsSaysForWhomAndGoesOnOrGivesUp() throws Exception {
    String label =
        "label --model micro-1 --prompts @/prompts.jsonl --pool micro --out @/labels --wait";
    try (CommandProcess holder =
        CommandProcess.holding(folder.resolve("h.log"), List.of(at("folder:@/labels")))) {
      try (CommandProcess some = start(folder.resolve("some.log"), label + "=1500ms");
          CommandProcess interrupted = start(folder.resolve("int.log"), label);
          CommandProcess ended = start(folder.resolve("term.log"), label)) {
        for (CommandProcess each : List.of(interrupted, ended)) {
          each.await(() -> each.said().contains("waiting for the folder " + at("@/labels")));
          assertTrue(each.said().contains("CommandProcess (process " + holder.pid()), each.said());
        }
        interrupted.signal("INT");
        ended.signal("TERM");
        assertEquals(130, interrupted.code());
        assertEquals(143, ended.code());
        assertEquals(2, some.code(), some::said);
        assertTrue(some.said().contains("still in use by CommandProcess"), some.said());
        assertTrue(some.said().contains("after 1 s of waiting"), some.said());
      }
      try (CommandProcess waiting = start(folder.resolve("w.log"), label)) {
        waiting.await(() -> waiting.said().contains("waiting for"));
        holder.end();
        assertEquals(0, waiting.code(), waiting::said);
      }
    }
    assertTrue(Files.exists(folder.resolve("labels/labels.jsonl")));
    assertEquals(Set.of(), locks());
  }

  /** Once 3,936 lines stood there for 2,000 prompts. */
  @Test
  void twoThatGenerateOneFileWriteItOnce() throws Exception {
    int count = 2000;
    List<String> prompts =
        IntStream.range(0, count).mapToObj(i -> "{\"prompt\": \"<bos> <q> " + i + "\"}").toList();
    Files.write(folder.resolve("many.jsonl"), prompts);
    String generate =
        "generate --model micro-1 --threads 1 --max-new-tokens 1 --input @/many.jsonl --output";
    try (CommandProcess one = start(folder.resolve("1.log"), generate + " @/out.jsonl");
        CommandProcess two = start(folder.resolve("2.log"), generate + " @/out.jsonl")) {
      List<CommandProcess> both =
          Stream.of(one, two).sorted(Comparator.comparing(TwoProcessesTest::codeOf)).toList();
      assertEquals(0, both.get(0).code(), both.get(0)::said);
      assertEquals(2, both.get(1).code(), both.get(1)::said);
      String refused = both.get(1).said();
      assertTrue(
          refused.contains("out.jsonl is in use by soft4j generate (process " + both.get(0).pid()),
          refused);
    }
    assertEquals(count, Files.readAllLines(folder.resolve("out.jsonl")).size());
    try (CommandProcess one = start(folder.resolve("3.log"), generate + " @/again.jsonl --wait");
        CommandProcess two = start(folder.resolve("4.log"), generate + " @/again.jsonl --wait")) {
      List<CommandProcess> both =
          Stream.of(one, two).sorted(Comparator.comparing(TwoProcessesTest::codeOf)).toList();
      assertEquals(0, both.get(0).code(), both.get(0)::said);
      assertEquals(2, both.get(1).code(), both.get(1)::said);
      assertTrue(both.get(1).said().contains("again.jsonl is there already"), both.get(1).said());
    }
    assertEquals(
        Files.readString(folder.resolve("out.jsonl")),
        Files.readString(folder.resolve("again.jsonl")));
    assertEquals(Set.of(), locks());
  }

  /** Without --out each takes a folder of its own, also where they begin at the same moment. */
  @Test
  void twoRunsWithoutAFolderGetOneEach() throws Exception {
    String run =
        "run micro --rounds 1 --limit 2 --threads 1 --set labelling.max_new_tokens=12"
            + " --set training.epochs=1";
    List<CommandProcess> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      all.add(start(folder.resolve("run" + i + ".log"), run));
    }
    boolean seen = false;
    boolean gone = false;
    Path first = folder.resolve("runs/micro");
    while (all.stream().anyMatch(CommandProcess::alive)) {
      boolean held = ProcessLock.writer(first).isPresent();
      assertFalse(held && gone, "the lock was given up in between");
      gone |= seen && !held;
      seen |= held;
      Thread.sleep(20);
    }
    for (CommandProcess one : all) {
      assertEquals(0, one.code(), one::said);
      one.close();
    }
    assertTrue(seen);
    for (String name : List.of("micro", "micro-2")) {
      assertTrue(Files.exists(folder.resolve("runs").resolve(name).resolve("report.html")), name);
    }
    assertEquals(Set.of(), locks());
    readersSayThatARunGoesOn(first);
  }

  private void readersSayThatARunGoesOn(Path run) throws Exception {
    try (CommandProcess holder =
            CommandProcess.holding(folder.resolve("r.log"), List.of("folder:" + run));
        CommandProcess compare =
            start(folder.resolve("c.log"), "compare " + run + " @/runs/micro-2");
        CommandProcess report = start(folder.resolve("p.log"), "report " + run + " --out @/page")) {
      for (CommandProcess reader : List.of(compare, report)) {
        assertEquals(0, reader.code(), reader::said);
        String note = "note: %s is being written by CommandProcess (process %d on ";
        assertTrue(reader.said().contains(note.formatted(run, holder.pid())), reader.said());
      }
    }
    assertTrue(Files.exists(folder.resolve("page/report.html")));
  }

  private static int codeOf(CommandProcess process) {
    try {
      return process.code();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandProcess start(Path log, String words) throws IOException {
    return CommandProcess.start(
        folder, log, Map.of("SOFT4J_HOME", at("@/home")), List.of(at(words).split(" ")));
  }

  private String at(String words) {
    return words.replace("@", folder.toString());
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      paths.map(p -> folder.relativize(p).toString()).forEach(names::add);
      names.removeIf(name -> name.endsWith(".log"));
      return names;
    }
  }

  private Set<String> locks() throws IOException {
    Set<String> names = names();
    names.removeIf(name -> !name.endsWith(".lock"));
    return names;
  }
}
