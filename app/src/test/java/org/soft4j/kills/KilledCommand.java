package org.soft4j.kills;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A command that is killed by chance, gone on with and killed again until it comes to its end, and
 * then from the beginning, as often as it takes. Each time it ends, its files are compared with
 * those of one that was left in peace.
 */
final class KilledCommand {
  /** Exit codes of POSIX shells for programs that these signals have ended. */
  private static final Map<String, Integer> SIGNALS = Map.of("TERM", 143, "INT", 130, "HUP", 129);

  private static final long LONGEST_STOP_MILLIS = 45_000;
  private static final long LONGEST_MILLIS = 400_000;
  private static final int USERS_ERROR = 2;

  private final String name;
  private final String words;
  private final Optional<URL> given;
  private final Path folder;
  private final Random random;
  private final boolean interrupts;
  private final List<String> history = new ArrayList<>();
  private final Map<String, Integer> kills = new TreeMap<>();
  private Map<String, String> undisturbed = Map.of();
  private long millis;
  private int changes;
  private int chain;
  private int ends;
  private long lostBytes;

  /**
   * A command.
   *
   * @param interrupts whether Ctrl-C reaches processes here
   */
  KilledCommand(KillTable.Row row, Path folder, Random random, boolean interrupts) {
    this.name = row.name();
    this.words = row.words();
    this.given = row.given();
    this.folder = folder.resolve(name);
    this.random = random;
    this.interrupts = interrupts;
  }

  /** Runs it in peace, and then under so many kills. */
  void run(int count) throws IOException, InterruptedException {
    peace();
    Path work = work();
    List<String> next = words(work);
    for (int kill = 0; kill < count; ) {
      CommandProcess process = start(work, next);
      int seen = moment(process, work);
      if (process.alive() && killed(process, seen > 0)) {
        kill++;
        next = process.goesOnWith().orElse(next);
      } else {
        finished(process, work);
        work = work();
        next = words(work);
      }
    }
    CommandProcess last = start(work, next);
    within(last, LONGEST_MILLIS);
    finished(last, work);
  }

  private void peace() throws IOException, InterruptedException {
    Path work = work();
    long began = System.nanoTime();
    CommandProcess process = start(work, words(work));
    changes = Math.max(1, process.await(work, Integer.MAX_VALUE));
    millis = (System.nanoTime() - began) / 1_000_000;
    if (process.end() != 0) {
      throw new AssertionError(name + " fails in peace: " + process.printed());
    }
    undisturbed = CommandProcess.files(work);
  }

  /** A folder of a name that is always the same, since the name may stand in what is written. */
  private Path work() throws IOException {
    Path work = folder.resolve(String.valueOf(chain++)).resolve("run");
    if (given.isPresent()) {
      Files.createDirectories(work);
      try (InputStream bytes = given.get().openStream()) {
        String path = given.get().getPath();
        Files.copy(bytes, work.resolve(path.substring(path.lastIndexOf('/') + 1)));
      }
    }
    return work;
  }

  private List<String> words(Path work) {
    return List.of(words.replace("@", work.toString()).split(" "));
  }

  private CommandProcess start(Path work, List<String> next) throws IOException {
    return CommandProcess.start(work.resolveSibling("log"), next);
  }

  /** Half of the kills come some changes of the folder after the start, half some time after it. */
  private int moment(CommandProcess process, Path work) throws IOException, InterruptedException {
    if (random.nextBoolean()) {
      int place = 1 + random.nextInt(Math.max(1, changes / 3));
      int seen = process.await(work, place);
      process.ended(random.nextInt(30));
      history.add("%s changes".formatted(place));
      return seen;
    }
    // Later ones would mostly find that it has ended, which is no kill.
    int wait = random.nextInt(Math.max(1, (int) (millis * 4 / 5)));
    process.ended(wait);
    history.add("%s ms".formatted(wait));
    return 0;
  }

  /**
   * Ends a process by chance.
   *
   * @param working whether it has written something, and so says what it keeps
   * @return false where it came to its end meanwhile
   */
  private boolean killed(CommandProcess process, boolean working)
      throws IOException, InterruptedException {
    List<String> gentle = List.copyOf(new TreeMap<>(SIGNALS).keySet());
    String signal = random.nextInt(5) < 2 ? "KILL" : gentle.get(random.nextInt(gentle.size()));
    if (signal.equals("INT") && !interrupts) {
      signal = "TERM";
    }
    history.add(signal);
    if (signal.equals("KILL")) {
      process.kill();
    } else {
      process.signal(signal);
      within(process, LONGEST_STOP_MILLIS);
      if (process.end() == 0) {
        return false;
      }
      check(process, signal, working);
    }
    kills.merge(signal, 1, Integer::sum);
    return true;
  }

  private void check(CommandProcess process, String signal, boolean working)
      throws IOException, InterruptedException {
    if (process.end() != SIGNALS.get(signal)) {
      throw fault("exit code %s after %s".formatted(process.end(), signal), process);
    }
    if (working && process.goesOnWith().isEmpty()) {
      throw fault("no word of how to go on", process);
    }
    if (process.printed().contains("Exception")) {
      throw fault("an exception is shown", process);
    }
  }

  private void within(CommandProcess process, long bound) throws IOException, InterruptedException {
    if (!process.ended(bound)) {
      process.kill();
      throw fault("not ended within %s ms".formatted(bound), process);
    }
  }

  /** What has come to its end is the same, or is refused as finished already. */
  private void finished(CommandProcess process, Path work)
      throws IOException, InterruptedException {
    within(process, LONGEST_MILLIS);
    boolean already = process.end() == USERS_ERROR && process.printed().contains(" already");
    if (process.end() != 0 && !already) {
      throw fault("exit code %s".formatted(process.end()), process);
    }
    Map<String, String> seen = CommandProcess.files(work);
    ends++;
    if (!seen.equals(undisturbed)) {
      lostBytes += lost(work, seen);
      history.add("OTHER FILES: " + differences(seen));
    } else {
      history.add("same");
    }
  }

  private List<String> differences(Map<String, String> seen) {
    Map<String, String> all = new TreeMap<>(undisturbed);
    all.putAll(seen);
    return all.keySet().stream()
        .filter(
            file ->
                !Optional.ofNullable(seen.get(file))
                    .equals(Optional.ofNullable(undisturbed.get(file))))
        .toList();
  }

  /** Bytes of the files that are not as they should be; one for a file that is missing. */
  private long lost(Path work, Map<String, String> seen) throws IOException {
    long lost = 0;
    for (String file : differences(seen)) {
      Path path = work.resolve(file);
      lost += Files.isRegularFile(path) ? Math.max(1, Files.size(path)) : 1;
    }
    return lost;
  }

  private AssertionError fault(String what, CommandProcess process) throws IOException {
    return new AssertionError(
        "%s: %s; %s; it printed: %s".formatted(name, what, history, process.printed()));
  }

  /** How often it was killed. */
  int kills() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often, by signal. */
  Map<String, Integer> bySignal() {
    return kills;
  }

  long lostBytes() {
    return lostBytes;
  }

  @Override
  public String toString() {
    return "%s: %s kills %s, %s times to its end, %s bytes lost"
            .formatted(name, kills(), kills, ends, lostBytes)
        + (lostBytes == 0 ? "" : " " + history);
  }
}
