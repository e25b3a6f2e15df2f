package org.soft4j.lm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.tokenizer.Beginning;

/**
 * The program of {@link TightMemoryTest}: computes in small batches, then takes address space from
 * itself and computes the same in batches that cannot fit. Its own process, since the limit stays.
 */
final class TightMemory {
  private static final int MANY = 2_000;
  private static final long ROOM_KIB = 32 * 1024;

  private TightMemory() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (LocalModel small =
            Golden.open("llama-tied", OpenSettings.AUTO.withThreads(1).withBatches(64, 8));
        LocalModel large =
            Golden.open(
                "llama-tied",
                new OpenSettings("cpu", "float32", 1, 8192, 3000, 1L << 40, Beginning.AUTO))) {
      List<ScoreRequest> scores = scores();
      double[] wanted = scored(small, scores);
      List<String> texts = texts(small, 16);
      texts(large, 16);
      limitAddressSpace();
      check("score", difference(wanted, scored(large, scores)) < 1e-4);
      System.out.println("halvings in score: " + large.halvings());
      long before = large.halvings();
      check("generate", texts(large, MANY).subList(0, 16).equals(texts));
      System.out.println("halvings in generate: " + (large.halvings() - before));
    }
  }

  private static void check(String what, boolean holds) {
    System.out.println(what + (holds ? " equal" : " DIFFERS"));
  }

  private static double difference(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /** Texts that share nothing, so that one chunk of the prefix tree holds them all. */
  private static List<ScoreRequest> scores() {
    Random random = new Random(7);
    List<ScoreRequest> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder context = new StringBuilder();
      random.ints(150, 'a', 'z').forEach(letter -> context.append((char) letter));
      requests.add(new ScoreRequest(context.toString(), " yes"));
    }
    return requests;
  }

  private static double[] scored(LocalModel model, List<ScoreRequest> requests) {
    return model.score(requests).stream().mapToDouble(s -> s.logProbability()).toArray();
  }

  private static List<String> texts(LocalModel model, int count) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(Golden.greedy("Paris " + (char) ('a' + i % 16), 60));
    }
    return model.generate(requests).stream().map(Generation::text).toList();
  }

  private static void limitAddressSpace() throws IOException, InterruptedException {
    long size =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmSize:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    List<String> command =
        Arrays.asList(
            "prlimit",
            "--pid",
            "" + ProcessHandle.current().pid(),
            "--as=" + (size + ROOM_KIB) * 1024);
    check("limit", new ProcessBuilder(command).inheritIO().start().waitFor() == 0);
  }
}
