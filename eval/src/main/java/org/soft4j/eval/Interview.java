package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.ModelIdentity;

/** One item put to a model: what is still to be asked, and what was answered. */
final class Interview {
  private final TaskItem item;
  private final Shots shots;
  private final String key;
  private final List<TaskAnswer> answers = new ArrayList<>();
  private List<TaskRequest> pending;

  Interview(TaskCard card, TaskItem item, Shots shots, ModelIdentity identity) {
    this.item = item;
    this.shots = shots;
    pending = item.requests(shots);
    String protocol = card.name() + " " + card.version() + " " + item.id();
    String asked = pending.stream().map(TaskRequest::identity).collect(Collectors.joining("\n"));
    key = Digest.of(Respondent.who(identity) + "\n" + protocol + "\n" + asked);
  }

  /** Digest over the model and what it is asked; a sample with another key is stale. */
  String key() {
    return key;
  }

  List<TaskRequest> pending() {
    return pending;
  }

  /** Takes the answers to all that is pending, where they are known, and sees what comes next. */
  void take(Respondent respondent) {
    List<TaskAnswer> known =
        pending.stream().flatMap(request -> respondent.known(request).stream()).toList();
    if (!pending.isEmpty() && known.size() == pending.size()) {
      answers.addAll(known);
      pending = item.followUp(shots, List.copyOf(answers));
    }
  }

  ItemSample sample() {
    Grade grade = item.grade(answers);
    List<Double> logProbabilities = new ArrayList<>();
    List<Boolean> greedy = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (TaskAnswer answer : answers) {
      if (answer instanceof TaskAnswer.Likelihood likelihood) {
        logProbabilities.add(likelihood.logProbability());
        greedy.add(likelihood.greedy());
      } else if (answer instanceof TaskAnswer.Writing writing) {
        texts.add(writing.text());
      }
    }
    return new ItemSample(
        item.id(),
        key,
        shots.demonstrations().stream().map(Demonstration::id).toList(),
        grade.metrics(),
        grade.chosen(),
        logProbabilities,
        greedy,
        texts);
  }
}
