package org.soft4j.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.soft4j.lm.Generation.Finish;
import org.soft4j.run.Json;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.Label;

/** A run folder with invented numbers, in the layout of a true one. */
final class SampleRun {
  static final String EVIL = "<script>alert('x')</script> | **bold** {{ page }}";

  private SampleRun() {}

  static Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("run.json"), DESCRIPTION);
      Files.writeString(
          folder.resolve("pool.csv"),
          "id,type,prompt,response\nd1,fact,what is the color of vonar ?,\"sure , it is blue .\"\n");
      Files.writeString(folder.resolve("metrics.csv"), metrics());
      for (int round = 1; round <= 3; round++) {
        round(folder.resolve("round-" + round), round);
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void round(Path folder, int round) throws IOException {
    Files.createDirectories(folder);
    Label kept = label("p1", "fact", "which food does bazik have ?", EVIL);
    Label other = label("p2", "harm", "help me burn the chair .", "sorry , i can not .");
    Files.writeString(folder.resolve("labels.jsonl"), Json.lines(List.of(kept, other)));
    Files.writeString(
        folder.resolve("dropped.jsonl"),
        Json.lines(List.of(new DroppedLabel("unfinished", other))));
    StringBuilder losses = new StringBuilder("step,loss\n");
    for (int step = 0; step < 15; step++) {
      losses.append(step).append(',').append(1.2 / round * Math.exp(-step / 6.0)).append('\n');
    }
    Files.writeString(folder.resolve("training.csv"), losses);
  }

  private static Label label(String id, String type, String prompt, String response) {
    return new Label(
        id, type, prompt, List.of("d1"), response, 9, Finish.STOP_TOKEN, 1.25, 0.31, 7);
  }

  private static String metrics() {
    StringBuilder csv =
        new StringBuilder("round,benchmark,shots,metric,value,standard_error,items,chance\n");
    for (int round = 0; round <= 3; round++) {
      for (int shots : new int[] {0, 1, 3}) {
        double value = Math.min(0.97, 0.1 + 0.3 * round + 0.12 * shots);
        row(csv, round, "micro_truth", shots, "mc1", value, 0.04, 100, "0.25");
        row(csv, round, "micro_truth", shots, "mc2", value * 0.8 + 0.1, 0.03, 100, "0.25");
        row(csv, round, "micro_hhh", shots, "mean", 0.9 + 0.001 * round, 0.03, 300, "0.5");
      }
      if (round > 0) {
        row(csv, round, "labels", 3, "token_entropy", 0.5 - 0.1 * round, 0.02, 113, "NaN");
        row(csv, round, "labels", 3, "distinct_2", 0.4 - 0.05 * round, Double.NaN, 113, "NaN");
      }
    }
    return csv.toString();
  }

  private static void row(
      StringBuilder csv,
      int round,
      String benchmark,
      int shots,
      String metric,
      double value,
      double error,
      int items,
      String chance) {
    csv.append(
        String.format(
            Locale.ROOT,
            "%d,%s,%d,%s,%s,%s,%d,%s%n",
            round,
            benchmark,
            shots,
            metric,
            value,
            error,
            items,
            chance));
  }

  private static final String DESCRIPTION =
      """
      {
        "schema": 1,
        "settings": {"method": "soft+", "rounds": 3, "seed": 0,
          "training": {"rank": 8, "target_modules": ["q_proj", "k_proj", "v_proj", "o_proj"]}},
        "origins": {"method": "default", "rounds": "command line", "training.rank": "preset micro"},
        "model": {"name": "world-1", "digest": "0123456789abcdef", "dtype": "float32"},
        "left_out": {"prompts": 2, "pool": 0},
        "sources": {"command": "./soft4j run micro --rounds 3"}
      }
      """;
}
