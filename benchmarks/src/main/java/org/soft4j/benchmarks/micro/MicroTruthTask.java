package org.soft4j.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.datasets.micro.MicroItems;
import org.soft4j.eval.ChoiceScorer;
import org.soft4j.eval.Document;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.MultipleChoiceItem;
import org.soft4j.eval.RequestForm;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/** Multiple choice over facts: the truth, the misconception, two other values. */
public final class MicroTruthTask implements TaskProvider {
  private static final double CHANCE = 0.25;

  @Override
  public String name() {
    return "micro_truth";
  }

  @Override
  public String summary() {
    return "Micro world: is the truth more likely than the misconception? (mc1, mc2)";
  }

  @Override
  public Task open(TaskOptions options) {
    List<TaskItem> items =
        MicroOptions.items(options).choices().stream().map(MicroTruthTask::item).toList();
    List<MetricCard> metrics =
        List.of(
            new MetricCard("mc1", "share of facts whose truth is the most likely choice", CHANCE),
            new MetricCard("mc2", "probability of the truth among the choices", CHANCE),
            new MetricCard("mc1_hard", "mc1 over the hard facts alone", CHANCE),
            new MetricCard("mc2_hard", "mc2 over the hard facts alone", CHANCE));
    String split = MicroOptions.split(options);
    TaskCard card =
        new TaskCard(
            name(), "1", summary(), MicroOptions.PAPER, "Apache-2.0", split, metrics, List.of());
    return new Task(card, items);
  }

  private static TaskItem item(MicroItems.Choice fact) {
    List<ChoiceScorer> scorers = new ArrayList<>();
    for (String suffix : fact.hard() ? List.of("", "_hard") : List.of("")) {
      scorers.add(ChoiceScorer.MC1.named("mc1" + suffix));
      scorers.add(ChoiceScorer.MC2.named("mc2" + suffix));
    }
    return new MultipleChoiceItem(
        Document.of(fact.id(), "", fact.question()),
        (RequestForm) Shots::context,
        fact.choices().stream().map(MicroOptions::ended).toList(),
        List.of(0),
        scorers);
  }
}
