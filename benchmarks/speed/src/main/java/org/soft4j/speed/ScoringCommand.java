package org.soft4j.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.core.Cancellation;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.speed.machine.ModelShape;
import org.soft4j.speed.machine.Operations;
import org.soft4j.speed.machine.PrefixCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs TruthfulQA mc1 and mc2 as the evaluation after a round does. */
@Command(name = "scoring", description = "Seconds for TruthfulQA mc1 and mc2.")
final class ScoringCommand implements Callable<Integer> {
  private static final Shots ZERO = new Shots(List.of(), ContextForm.of(ContextTemplate.PLAIN));

  @Mixin private Opening opening;

  @Option(names = "--data", required = true, description = "Folder with the real data sets.")
  private Path data;

  @Option(names = "--questions", defaultValue = "40", description = "The first so many; 0 for all.")
  private int questions;

  @Option(names = "--scores-per-chunk", defaultValue = "512")
  private int scoresPerChunk;

  @Override
  public Integer call() throws IOException {
    Task task = task();
    try (LocalModel model = opening.open(opening.work().model())) {
      model.score(List.of(new ScoreRequest("Q: a\nA:", " b"))); // pages the weights in
      long before = model.computedPositions();
      Path folder = Files.createTempDirectory(opening.work().folder(), "scored");
      EvaluationSettings how =
          new EvaluationSettings(
              List.of(0), Map.of(), false, scoresPerChunk, 1, 1, AnswerRules.AS_WRITTEN);
      TaskEvaluation evaluation =
          new TaskEvaluation(
              List.of(task),
              how,
              List.of(),
              ContextForm.of(ContextTemplate.PLAIN),
              TaskEvaluation.Listener.SILENT);
      long start = System.nanoTime();
      List<Measurement> scores = evaluation.evaluate(model, 0, folder, Cancellation.NEVER);
      double seconds = (System.nanoTime() - start) / 1e9;
      long computed = model.computedPositions() - before;
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("seconds", seconds);
      values.put("computed_positions", (double) computed);
      values.put("mc1", value(scores, "mc1"));
      values.put("mc2", value(scores, "mc2"));
      values.putAll(counted(model, task, seconds));
      opening.write(
          "scoring", model, values, List.of(), Map.of("questions", "" + task.items().size()));
    }
    return 0;
  }

  private Task task() {
    Task all = Tasks.standard().open("truthfulqa", new TaskOptions(Optional.of(data), Map.of()));
    List<TaskItem> items = all.items();
    int count = questions == 0 ? items.size() : Math.min(questions, items.size());
    return new Task(all.card(), items.subList(0, count));
  }

  private static double value(List<Measurement> scores, String metric) {
    return scores.stream()
        .filter(score -> score.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Map<String, Double> counted(LocalModel model, Task task, double seconds) {
    Tokenizer tokenizer = model.source().tokenizer();
    List<int[]> fed = new ArrayList<>();
    List<int[]> whole = new ArrayList<>();
    long requests = 0;
    for (TaskItem item : task.items()) {
      for (TaskRequest request : item.requests(ZERO)) {
        ScoreRequest score = ((TaskRequest.Likelihood) request).request();
        int[] context = tokenizer.encode(score.context());
        int[] all = tokenizer.encode(score.context() + score.continuation());
        // The last token is asked for and never fed.
        fed.add(java.util.Arrays.copyOf(all, all.length - 1));
        whole.add(new int[] {context.length, all.length});
        requests++;
      }
    }
    PrefixCount tree = PrefixCount.of(fed);
    long targets = whole.stream().mapToLong(pair -> pair[1] - pair[0]).sum();
    Operations count = new Operations(ModelShape.of(model.source().architecture()));
    double operations = count.forward(tree.nodes(), tree.attended(), targets);
    return Map.of(
        "requests", (double) requests,
        "tokens", (double) tree.tokens(),
        "tree_nodes", (double) tree.nodes(),
        "gflops", operations / seconds / 1e9);
  }
}
