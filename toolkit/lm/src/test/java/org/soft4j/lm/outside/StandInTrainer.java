package org.soft4j.lm.outside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;

/**
 * A trainer of a few lines, in a process of its own: learns the number of examples, or misbehaves
 * as told. Its arguments are those of a real one: base, examples, out, previous, and how.
 */
public final class StandInTrainer {
  private static final String Q = "model.layers.0.self_attn.q_proj.weight";

  private StandInTrainer() {}

  /** The command that runs it, without its last word. */
  public static String command(int width, String how) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StandInTrainer.class.getName()));
    words.replaceAll(word -> "'" + word + "'");
    words.addAll(List.of("{base}", "{examples}", "{out}", "{previous}", "" + width, how));
    return String.join(" ", words);
  }

  public static void main(String[] words) throws Exception {
    String base = words[0];
    Path out = Path.of(words[2]);
    int width = Integer.parseInt(words[4]);
    String how = words[5];
    List<String> examples = Files.readAllLines(Path.of(words[1]), StandardCharsets.UTF_8);
    System.out.print("step 1\rstep 2\rstep 3\n");
    System.out.println(
        "learned " + examples.size() + " examples on " + Path.of(base).getFileName());
    if (Files.exists(out.resolve("begun.txt"))) {
      System.out.println("goes on with what was left");
    }
    switch (how) {
      case "fails" -> {
        System.err.println("RuntimeError: no memory");
        System.exit(3);
      }
      case "hangs" -> hang(out);
      case "nothing" -> System.exit(0);
      case "stacks" -> stacked(width, words[3]).write(out, base);
      case "other-base" -> plain(width, 4, examples.size()).write(out, "/elsewhere/other-model");
      case "wide" -> plain(width + 1, 4, examples.size()).write(out, base);
      case "zero" -> plain(width, 4, 0).write(out, base);
      case "nan" -> plain(width, 4, Float.NaN).write(out, base);
      default ->
          plain(width, words[3].isEmpty() ? 4 : rank(words[3]), examples.size()).write(out, base);
    }
  }

  private static int rank(String previous) {
    return PeftAdapter.read(Path.of(previous)).rank();
  }

  private static PeftAdapter stacked(int width, String previous) {
    PeftAdapter own = plain(width, 4, 1);
    return previous.isEmpty() ? own : PeftAdapter.read(Path.of(previous)).plus(own);
  }

  private static PeftAdapter plain(int width, int rank, float value) {
    float[] a = new float[rank * width];
    float[] b = new float[width * rank];
    Arrays.fill(a, 0.01f);
    Arrays.fill(b, value / 1000);
    Map<String, LowRankDelta> deltas = new TreeMap<>(Map.of(Q, new LowRankDelta(rank, 1, a, b)));
    return new PeftAdapter(deltas);
  }

  /** With a child, as torchrun has its workers; both say their number. */
  private static void hang(Path out) throws IOException, InterruptedException {
    Process child = new ProcessBuilder("sleep", "600").start();
    Files.writeString(
        out.resolve("pids.txt"), ProcessHandle.current().pid() + "\n" + child.pid() + "\n");
    Files.move(out.resolve("pids.txt"), out.resolve("begun.txt"));
    Thread.sleep(600_000);
  }

  /** Whether one of those that {@code hangs} began is alive. */
  static boolean alive(Path begun) throws IOException {
    try (Stream<String> lines = Files.lines(begun)) {
      return lines
          .map(line -> ProcessHandle.of(Long.parseLong(line)))
          .anyMatch(handle -> handle.isPresent() && handle.get().isAlive());
    }
  }
}
