package org.soft4j.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.ModelIdentity;

/** One item put to a model: what is still to be asked, and what was answered. */
final class ItemRun {
  private final TaskItem item;
  private final Shots shots;
  private final String key;
  private final List<TaskAnswer> answers = new ArrayList<>();
  private List<TaskRequest> pending;

  /**
   * An item to be asked.
   *
   * @param how whatever else answers depend on; empty where they are taken as they come
   */
  ItemRun(TaskCard card, TaskItem item, Shots shots, ModelIdentity identity, String how) {
    this.item = item;
    this.shots = shots;
    pending = item.requests(shots);
    String protocol = card.name() + " " + card.version() + " " + item.id();
    String asked = pending.stream().map(TaskRequest::identity).collect(Collectors.joining("\n"));
    key = RequestRunner.digest(RequestRunner.who(identity) + "\n" + protocol + "\n" + asked + how);
  }

  /** Digest over the model and what it is asked; a sample with another key is stale. */
  String key() {
    return key;
  }

  TaskItem item() {
    return item;
  }

  List<TaskRequest> pending() {
    return pending;
  }

  /** Takes the answers to all that is pending, where they are known, and sees what comes next. */
  void take(RequestRunner runner) {
    List<TaskAnswer> known =
        pending.stream().flatMap(request -> runner.known(request).stream()).toList();
    if (!pending.isEmpty() && known.size() == pending.size()) {
      answers.addAll(known);
      pending =
          known.stream().allMatch(TaskAnswer::usable)
              ? item.followUp(shots, List.copyOf(answers))
              : List.of();
    }
  }

  /**
   * What was asked for a sample that is kept.
   *
   * @throws UserError if the sample answers something else: another model, or items that have
   *     changed since
   */
  List<TaskRequest> replay(ItemSample sample) {
    if (!key.equals(sample.key())) {
      throw new UserError(
          "The sample of item %s answers other questions than its task asks now."
              .formatted(item.id()),
          "The data set, the task or its options have changed since; evaluate the model again.");
    }
    if (!sample.usable()) {
      return pending;
    }
    Iterator<Double> logProbabilities = sample.logProbabilities().iterator();
    Iterator<Boolean> greedy = sample.greedy().iterator();
    Iterator<String> texts = sample.texts().iterator();
    List<TaskRequest> asked = new ArrayList<>();
    try {
      for (var next = pending; !next.isEmpty(); next = item.followUp(shots, List.copyOf(answers))) {
        asked.addAll(next);
        for (TaskRequest request : next) {
          answers.add(
              request instanceof TaskRequest.Writing
                  ? new TaskAnswer.Writing(texts.next(), 0, true)
                  : new TaskAnswer.Likelihood(logProbabilities.next(), 0, greedy.next()));
        }
      }
      return asked;
    } catch (NoSuchElementException missing) {
      throw new UserError(
          "The sample of item %s lacks answers.".formatted(item.id()),
          "An earlier version of soft4j wrote it; evaluate the model again.",
          missing);
    }
  }

  /** The sample with the grade that the item gives its answers now, where they tell all of it. */
  ItemSample regraded(ItemSample sample) {
    if (!item.gradedFromSample()
        || !sample.usable()
        || sample.greedy().size() != sample.logProbabilities().size()) {
      return sample;
    }
    answers.clear();
    replay(sample);
    return sample.with(item.grade(answers));
  }

  /** The same, for files that show the sample's grade beside what is right now. */
  void refuseOtherGrade(ItemSample sample) {
    Map<String, Double> now = regraded(sample).metrics();
    sample
        .metrics()
        .forEach(
            (metric, value) -> {
              if (!now.getOrDefault(metric, value).equals(value)) {
                throw new UserError(
                    "The sample of item %s has %s %s, and by its task as it is now it would be %s."
                        .formatted(item.id(), metric, value, now.get(metric)),
                    "Right answers or the task have changed since; grade the answers again by"
                        + " eval --resume, or evaluate the model again.");
              }
            });
  }

  ItemSample sample() {
    return ItemSample.of(
        item, key, shots.demonstrations().stream().map(Demonstration::id).toList(), answers);
  }
}
