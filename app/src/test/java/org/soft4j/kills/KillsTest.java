package org.soft4j.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.evaluation.ModelServer;
import org.soft4j.testing.Console;

/**
 * Commands that are killed by chance, gone on with and killed again end with the bytes of those
 * that were left in peace.
 *
 * <p>{@code -Dsoft4j.kills=N} sets the number of kills over all commands, and {@code
 * -Dsoft4j.kills.seed=N} takes the chances of another day, as the first line names them; {@code
 * -Dsoft4j.kills.of=judge.*} takes some commands alone, and {@code -Dsoft4j.kills.commands=N} so
 * many by chance: every command first runs undisturbed, which takes longer than a few kills.
 */
@Timeout(3600)
@Tag("slow")
class KillsTest {
  private static final int KILLS = Integer.getInteger("soft4j.kills", 60);
  private static final long SEED =
      Long.getLong("soft4j.kills.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());
  private static final String OF = System.getProperty("soft4j.kills.of", ".*");
  private static final int COMMANDS = Integer.getInteger("soft4j.kills.commands", 1000);
  // Commands that run at the same time.
  private static final int LANES = 2;

  @TempDir Path folder;

  @Test
  void killsByChanceLoseNothing() throws Exception {
    assumeTrue(Path.of("/bin/kill").toFile().canExecute(), "no kill command to send signals with");
    boolean interrupts = !CommandProcess.interruptsAreIgnored();
    Console.say(
        "%s kills, seed %s (-Dsoft4j.kills.seed)%s"
            .formatted(
                KILLS,
                SEED,
                interrupts ? "" : "; SIGINT is ignored here, SIGTERM takes its place"));
    long began = System.nanoTime();
    try (ModelServer model = new ModelServer(true).slowed(4).grading();
        SetMirror mirror = new SetMirror()) {
      List<KillTable.Row> rows = rows(new KillTable(folder, model, mirror));
      List<KilledCommand> commands = new ArrayList<>();
      Queue<Callable<Void>> waiting = new ConcurrentLinkedQueue<>();
      int shares = rows.stream().mapToInt(KillTable.Row::share).sum();
      for (KillTable.Row row : rows) {
        KilledCommand command =
            new KilledCommand(
                row, folder, new Random(SEED * 31 + row.name().hashCode()), interrupts);
        commands.add(command);
        int count = Math.max(1, (KILLS * row.share() + shares - 1) / shares);
        waiting.add(
            () -> {
              command.run(count);
              System.out.println(command);
              return null;
            });
      }
      drive(waiting);
      tell(commands, (System.nanoTime() - began) / 1_000_000_000);
    }
  }

  private static List<KillTable.Row> rows(KillTable table) throws Exception {
    List<KillTable.Row> rows = new ArrayList<>(table.rows());
    rows.removeIf(row -> !row.name().matches(OF));
    Collections.shuffle(rows, new Random(SEED));
    return rows.subList(0, Math.min(COMMANDS, rows.size()));
  }

  private static void drive(Queue<Callable<Void>> waiting) throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<Void>> ends =
          IntStream.range(0, LANES)
              .mapToObj(
                  lane ->
                      lanes.submit(
                          (Callable<Void>)
                              () -> {
                                for (var work = waiting.poll();
                                    work != null;
                                    work = waiting.poll()) {
                                  work.call();
                                }
                                return null;
                              }))
              .toList();
      for (Future<Void> end : ends) {
        end.get();
      }
    } finally {
      lanes.shutdownNow();
    }
  }

  private static void tell(List<KilledCommand> commands, long seconds) {
    Map<String, Integer> bySignal = new TreeMap<>();
    commands.forEach(c -> c.bySignal().forEach((s, n) -> bySignal.merge(s, n, Integer::sum)));
    int kills = commands.stream().mapToInt(KilledCommand::kills).sum();
    long lost = commands.stream().mapToLong(KilledCommand::lostBytes).sum();
    Console.say(
        "%s kills of %s commands %s in %s s, seed %s: %s lost bytes"
            .formatted(kills, commands.size(), bySignal, seconds, SEED, lost));
    assertTrue(kills >= KILLS, kills + " kills");
    assertEquals(0, lost, commands::toString);
  }

  /** A server that does not answer is waited for some seconds, and not at all the second time. */
  @Test
  void aStopWhileAServerDoesNotAnswerEndsSoon() throws Exception {
    assumeFalse(
        CommandProcess.interruptsAreIgnored(),
        "SIGINT is ignored here, as by what a shell starts in the background");
    assumeTrue(Path.of("/bin/kill").toFile().canExecute(), "no kill command to send signals with");
    try (ModelServer server = new ModelServer(true)) {
      server.allow(3);
      CommandProcess once = waiting(server, "once");
      CommandProcess twice = waiting(server, "twice");
      long began = System.nanoTime();
      once.signal("TERM");
      twice.signal("INT");
      Thread.sleep(600);
      twice.signal("INT");
      assertEquals(130, twice.end(), twice.printed());
      assertTrue(seconds(began) < 8, "a second Ctrl-C ends at once");
      assertTrue(twice.goesOnWith().isPresent(), twice.printed());
      assertEquals(143, once.end(), once.printed());
      assertTrue(seconds(began) < 25, "a stop ends within some seconds");
      String kept = "stopped; what is finished is kept in " + folder.resolve("once");
      assertTrue(once.printed().contains(kept), once.printed());
    }
  }

  /** Java's own end runs destructors of libtorch, which crash under a thread that computes. */
  @Test
  void aSecondSignalWhileTheEngineComputesIsNoCrash() throws Exception {
    assumeFalse(
        CommandProcess.interruptsAreIgnored(),
        "SIGINT is ignored here, as by what a shell starts in the background");
    assumeTrue(Path.of("/bin/kill").toFile().canExecute(), "no kill command to send signals with");
    String words =
        "run micro --limit 5 --threads 2 --set training.epochs=40 --out " + folder.resolve("run");
    CommandProcess process =
        CommandProcess.start(folder.resolve("run.log"), List.of(words.split(" ")));
    while (!Files.exists(folder.resolve("run/round-1/labels.jsonl")) && !process.ended(20)) {
      // It measures the base model, and labels.
    }
    Thread.sleep(500);
    // Closer together than one signal that comes twice, the second would not count.
    process.signal("INT");
    process.ended(420);
    process.signal("INT");
    assertEquals(130, process.end(), process.printed());
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private CommandProcess waiting(ModelServer server, String name) throws Exception {
    String words =
        "eval --tasks micro_answers --limit 30 --model %s#m --out %s"
            .formatted(server.address(), folder.resolve(name));
    int before = server.keys.size();
    CommandProcess process =
        CommandProcess.start(folder.resolve(name + ".log"), List.of(words.split(" ")));
    while (server.keys.size() < before + 4 && !process.ended(10)) {
      // Four calls at a time are under way.
    }
    Thread.sleep(200);
    return process;
  }
}
