package org.soft4j.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soft4j.core.Json;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskFiles;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.WritingItem;
import org.soft4j.eval.judge.FastChatJudgments;
import org.soft4j.eval.judge.Rating;
import org.soft4j.lm.Generation.Finish;
import org.soft4j.lm.Sampling;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.Label;

/** A run folder with invented numbers, in the layout of a true one. */
public final class SampleRun {
  static final String EVIL = "<script>alert('x')</script> | **bold** {{ page }}";

  /** Texts that would run a script, or spoil the page, wherever one of them became markup. */
  static final List<String> HOSTILE =
      List.of(
          EVIL,
          "</script><script>document.title='run'</script>",
          "\"><img src=x onerror=\"document.title='run'\">",
          "' autofocus onfocus='document.title=\"run\"",
          "</textarea></style></title><svg onload=document.title='run'>",
          "<a href=\"javascript:document.title='run'\">x</a><iframe"
              + " srcdoc=\"<script>parent.document.title='run'</script>\">",
          "</style><style>body{background:url(http://127.0.0.1:1/x)}</style>",
          "]]><!--<details open ontoggle=document.title='run'>",
          "{{ page.title }}{% include \"style\" %}",
          "\u202Ereversed\u2066 \0 nul \uD800 lone \uFFFF \u0085 <\u200Bscript>",
          "&#60;script&#62;document.title='run'&#60;/script&#62;",
          "[x](javascript:alert(1)) ![x](http://127.0.0.1:1/x) <http://127.0.0.1:1>");

  private SampleRun() {}

  /** Writes it. */
  public static Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("run.json"), DESCRIPTION);
      Files.writeString(
          folder.resolve("pool.csv"),
          "id,type,prompt,response\n"
              + "d1,fact,what is the color of vonar ?,\"sure , it is blue .\"\n");
      Files.writeString(folder.resolve("metrics.csv"), metrics());
      for (int round = 1; round <= 3; round++) {
        round(folder.resolve("round-" + round), round);
      }
      samples(folder);
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
    // Round 1 was labelled by an earlier version.
    if (round > 1) {
      Files.writeString(
          folder.resolve("label_errors.csv"),
          "type,kind,labels,judged,errors,kept\n"
              + "all,wrong,200,150,%s,20\nall,off_format,200,0,0,0\nall,any,200,200,40,30\n"
                  .formatted(10 * round)
              + "\"%s\",wrong,100,100,7,3\n".formatted(EVIL));
    }
    StringBuilder losses = new StringBuilder("step,loss\n");
    for (int step = 0; step < 15; step++) {
      losses.append(step).append(',').append(1.2 / round * Math.exp(-step / 6.0)).append('\n');
    }
    Files.writeString(folder.resolve("training.csv"), losses);
  }

  /** Answers of both ends to a task for a judge, and a task of right and wrong; all are hostile. */
  private static void samples(Path folder) throws IOException {
    List<TaskItem> items = new ArrayList<>();
    for (String text : HOSTILE) {
      String category = "c" + items.size() % 3 + text;
      items.add(
          new WritingItem(
              "i" + items.size(),
              category,
              List.of(text),
              new WritingItem.Writing(Sampling.GREEDY, 8, List.of(), 0)));
    }
    List<MetricCard> right = List.of(new MetricCard("right", EVIL, 0.5));
    List<MetricCard> words = List.of(new MetricCard("words", EVIL, Double.NaN, false));
    TaskFiles.write(
        folder,
        List.of(
            new Task(card("hostile", right), items),
            new Task(card("open", words), items).judgedBy(new JudgedBy.Scores(Map.of()))));
    for (int round = 0; round <= 3; round++) {
      Path place = folder.resolve("round-" + round);
      List<String> lines = new ArrayList<>();
      List<Rating> judgements = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        String text = HOSTILE.get(i);
        double value = (i + round / 3) % 2;
        lines.add(
            Json.line(
                Map.of(
                    "item",
                    "i" + i,
                    "key",
                    "k",
                    "demonstrations",
                    List.of(),
                    "chosen",
                    text,
                    "metrics",
                    Map.of("right", value),
                    "log_probabilities",
                    List.of(),
                    "texts",
                    List.of(text))));
        judgements.add(
            new Rating("i" + i, text, 1, EVIL, "single-v1", text, text, 5, List.of(5.0)));
      }
      String samples = String.join("\n", lines) + "\n";
      Files.createDirectories(place.resolve("eval"));
      Files.writeString(place.resolve("eval/hostile-0shot.jsonl"), samples.replace("\uD800", "?"));
      Files.writeString(place.resolve("eval/open-0shot.jsonl"), samples.replace("\uD800", "?"));
      FastChatJudgments.writeSingle(place.resolve("judge/open-0shot"), "j", judgements);
    }
  }

  private static TaskCard card(String name, List<MetricCard> metrics) {
    return new TaskCard(name, "1", EVIL, EVIL, EVIL, metrics, HOSTILE);
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
      row(csv, round, "hostile", 0, "right", 0.5, 0.14, HOSTILE.size(), "0.5");
      row(csv, round, "open", 0, "judge", 5, 0, HOSTILE.size(), "NaN");
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
        "left_out": {"prompts": ["a", "b"], "pool": [], "validation": [],
          "counts": {"prompts": {"hostile": 2, "open": 0}, "pool": {"hostile": 0, "open": 0}}},
        "sources": {"command": "./soft4j run micro --rounds 3"}
      }
      """;
}
