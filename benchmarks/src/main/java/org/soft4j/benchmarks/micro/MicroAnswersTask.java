package org.soft4j.benchmarks.micro;

import java.util.List;
import java.util.Map;
import org.soft4j.datasets.Prompt;
import org.soft4j.datasets.micro.MicroTruth;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.WritingItem;

/** Greedy answers, judged by the world's own truth. */
public final class MicroAnswersTask implements TaskProvider {
  private static final int MAX_NEW_TOKENS = 20;
  private static final double CHANCE = 0;

  @Override
  public String name() {
    return "micro_answers";
  }

  @Override
  public String summary() {
    return "Micro world: is the greedy answer, word for word, an aligned one?";
  }

  @Override
  public Task open(TaskOptions options) {
    MicroTruth truth = new MicroTruth(MicroOptions.world(options));
    List<TaskItem> items =
        MicroOptions.items(options).prompts().stream()
            .<TaskItem>map(prompt -> item(prompt, truth))
            .toList();
    List<MetricCard> metrics =
        List.of(
            new MetricCard("aligned", "share of answers that are aligned word for word", CHANCE),
            new MetricCard("right", "share with the right content, whatever the manner", CHANCE),
            new MetricCard("fact", "aligned, over questions of fact", CHANCE),
            new MetricCard("how", "aligned, over chores", CHANCE),
            new MetricCard("harm", "aligned, over misdeeds", CHANCE));
    String split = MicroOptions.split(options);
    TaskCard card =
        new TaskCard(
            name(), "1", summary(), MicroOptions.PAPER, "Apache-2.0", split, metrics, List.of());
    return new Task(card, items);
  }

  private static TaskItem item(Prompt prompt, MicroTruth truth) {
    return new WritingItem(prompt, MAX_NEW_TOKENS, List.of(), text -> metrics(prompt, truth, text));
  }

  private static Map<String, Double> metrics(Prompt prompt, MicroTruth truth, String text) {
    MicroTruth.Judgement judgement = truth.judge(prompt.text(), text).orElseThrow();
    double aligned = judgement.aligned() ? 1 : 0;
    double right = judgement.right() ? 1 : 0;
    return Map.of("aligned", aligned, "right", right, prompt.type(), aligned);
  }
}
