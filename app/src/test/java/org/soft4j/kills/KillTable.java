package org.soft4j.kills;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.datasets.catalogue.SetCatalogue;
import org.soft4j.evaluation.ModelServer;

/** The commands that are killed: every one that works for long, each stage of a run among them. */
record KillTable(Path folder, ModelServer model, SetMirror mirror) {
  private static final int PROMPTS = 96;
  // Long enough for several chunks, whose size is fixed.
  private static final int TEXTS = 320;
  private static final int PAIRS = 1500;

  /**
   * A command.
   *
   * @param share of all kills, as a weight: a start with the engine takes twice the time of another
   * @param words where @ stands for the folder that is written
   * @param given a file that lies there at the start, as an earlier start has left it
   */
  record Row(String name, int share, String words, Optional<URL> given) {
    Row(String name, int share, String words) {
      this(name, share, words, Optional.empty());
    }
  }

  /** All commands, those that take longest first; some need real sets, and are left out without. */
  List<Row> rows() throws IOException, InterruptedException {
    Path prompts = write(folder.resolve("prompts.jsonl"), PROMPTS, "{\"prompt\": \"number %d\"}");
    Path texts = write(folder.resolve("texts.jsonl"), TEXTS, "{\"prompt\": \"number %d is\"}");
    Path pairs =
        write(
            folder.resolve("pairs.jsonl"),
            PAIRS,
            "{\"context\": \"number %d\", \"continuation\": \" is one\"}");
    List<Row> rows = new ArrayList<>();
    String training = " --set training.epochs=2 --set training.batch_size=4 --threads 1";
    rows.add(
        new Row(
            "run",
            16,
            "run micro --rounds 2 --seed 3 --threads 1 --limit 6 --set labelling.chunk=24"
                + " --set labelling.max_new_tokens=12 --set training.epochs=1"
                + " --set training.checkpoint_every=1 --resume --out @"));
    Path labels = labels(prompts);
    rows.add(
        new Row(
            "train",
            8,
            "train --model micro-1 --labels "
                + labels
                + training
                + " --set training.checkpoint_every=3 --out @"));
    rows.add(
        new Row(
            "train-full",
            6,
            "train --model micro-1 --labels "
                + labels
                + training
                + " --set training.method=full --set training.checkpoint_every=3 --out @"));
    rows.add(new Row("pretrain", 2, "micro pretrain --steps 10 --out @"));
    rows.add(
        new Row(
            "eval",
            10,
            "eval --model micro-1 --tasks micro_* --shots 0,1 --limit 60 --threads 1 --seed 3"
                + " --resume --out @"));
    rows.add(
        new Row(
            "label",
            10,
            "label --model micro-1 --pool micro --threads 1 --set labelling.chunk=8 --prompts "
                + prompts
                + " --out @"));
    rows.add(
        new Row(
            "generate",
            8,
            "generate --model micro-1 --threads 1 --max-new-tokens 24 --temperature 0.7 --input "
                + texts
                + " --output @/out.jsonl"));
    rows.add(
        new Row(
            "score",
            8,
            "score --model micro-1 --threads 1 --input " + pairs + " --output @/out.jsonl"));
    String endpoint = " --model %s#m".formatted(model.address());
    rows.add(
        new Row(
            "eval-endpoint",
            40,
            "eval --tasks micro_truth,micro_answers --limit 30" + endpoint + " --resume --out @"));
    // All but the last three cells, as ./soft4j study micro --seeds 1 --worlds 1 writes them.
    rows.add(
        new Row(
            "study",
            4,
            "study micro --seeds 1 --worlds 1 --workers 1 --out @",
            Optional.of(KillTable.class.getResource("cells.jsonl"))));
    rows.add(
        new Row(
            "study-runs",
            4,
            "study micro --seeds 1 --methods single,soft --rounds 2 --vary split=fresh,reused"
                + " --rates 0.002 --workers 2 --limit 6 --shots 0 --validation micro"
                + " --set labelling.chunk=24 --set labelling.max_new_tokens=12"
                + " --set training.epochs=1 --set training.checkpoint_every=1 --prompts "
                + prompts
                + " --out @"));
    withSets(rows);
    return rows;
  }

  /** Labels to learn, made once. */
  private Path labels(Path prompts) throws IOException, InterruptedException {
    String words =
        "label --model micro-1 --pool micro --threads 1 --prompts %s --out %s"
            .formatted(prompts, folder.resolve("labels"));
    done(words, "labels.log");
    return folder.resolve("labels/labels.jsonl");
  }

  private void done(String words, String log) throws IOException, InterruptedException {
    CommandProcess process = CommandProcess.start(folder.resolve(log), List.of(words.split(" ")));
    if (process.end() != 0) {
      throw new AssertionError(words + ": " + process.printed());
    }
  }

  private void withSets(List<Row> rows) throws IOException, InterruptedException {
    Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));
    if (!Files.exists(data.resolve("fastchat")) || !Files.exists(data.resolve("truthfulqa"))) {
      System.out.println("SOFT4J_DATA holds no sets: judge, export and datasets are not killed");
      return;
    }
    String endpoint = " --model %s#m".formatted(model.address());
    Path answered = folder.resolve("answered");
    done("eval --tasks vicuna --limit 12" + endpoint + " --out " + answered, "answered.log");
    Path exported = folder.resolve("exported");
    done(
        "eval --tasks alpaca_eval --limit 12" + endpoint + " --out " + folder.resolve("alpaca"),
        "alpaca.log");
    done("export fastchat %s --as m --out %s".formatted(answered, exported), "exported.log");
    done("export fastchat %s --as n --out %s".formatted(answered, exported), "exported.log");
    String judge =
        "judge --yes --judge %s#judge --concurrency 3 --answers %s --out @"
            .formatted(model.address(), exported.resolve("vicuna_bench/model_answer"));
    rows.add(new Row("judge-single", 32, judge));
    rows.add(new Row("judge-pair", 32, judge + " --protocol pair"));
    // Files as of lm-evaluation-harness have the time in their names, and are new ones each time.
    for (String format : List.of("fastchat", "alpaca-eval")) {
      String answers = format.equals("alpaca-eval") ? "alpaca" : "answered";
      String words = "export %s %s --as m --out @".formatted(format, folder.resolve(answers));
      rows.add(new Row("export-" + format, 6, words));
    }
    rows.add(new Row("report", 8, "report %s --out @".formatted(answered)));
    List<String> sets = List.of("truthfulqa", "truthfulqa_v1", "vicuna_bench", "mt_bench");
    sets.forEach(set -> mirror.with(SetCatalogue.standard().named(set), data));
    String fetch = "datasets fetch %s --mirror %s --data @";
    rows.add(new Row("fetch", 10, fetch.formatted(String.join(" ", sets), mirror.pair())));
  }

  /** Lines that differ in a number. */
  static Path write(Path file, int lines, String form) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(form.formatted(i)).append('\n');
    }
    return Files.writeString(file, text);
  }
}
