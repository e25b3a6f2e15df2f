package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskGroup;

/**
 * What results_DATE.json says of groups of tasks (lm_eval/api/group.py, evaluator_utils.py).
 *
 * @param groups those within others first
 * @param tasks that were run
 * @param scores of all of them
 */
record LmEvalGroups(
    List<TaskGroup> groups, List<LmEvalResults.Logged> tasks, List<Measurement> scores) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static LmEvalGroups of(List<LmEvalResults.Logged> tasks) {
    List<Task> whole = tasks.stream().map(LmEvalResults.Logged::whole).toList();
    return new LmEvalGroups(
        TaskGroup.of(whole),
        tasks,
        tasks.stream().flatMap(task -> task.scores().stream()).toList());
  }

  /** Every group, with its scores where it puts any together. */
  ObjectNode results() {
    ObjectNode results = JSON.objectNode();
    groups.forEach(group -> results.set(group.name(), result(group)));
    return results;
  }

  /** The groups that put scores together. */
  ObjectNode scored() {
    ObjectNode results = JSON.objectNode();
    groups.stream()
        .filter(group -> !group.rules().isEmpty())
        .forEach(group -> results.set(group.name(), result(group)));
    return results;
  }

  private ObjectNode result(TaskGroup group) {
    ObjectNode result = JSON.objectNode().put("alias", group.alias()).put("name", group.name());
    if (group.rules().isEmpty()) {
      return result;
    }
    result.put(
        "sample_len",
        tasks.stream()
            .filter(task -> group.tasks().contains(task.name()))
            .mapToInt(task -> task.answered().items().size())
            .sum());
    ObjectNode counts = JSON.objectNode();
    for (Measurement score : group.measure(scores)) {
      LmEvalResults.put(result, score);
      FilteredMetric metric = FilteredMetric.of(score.metric());
      counts.put(metric.name() + "," + metric.filter(), score.items());
    }
    if (!counts.isEmpty()) {
      result.set("sample_count", counts);
    }
    return result;
  }

  ObjectNode members() {
    ObjectNode members = JSON.objectNode();
    for (TaskGroup group : groups) {
      group.members().forEach(members.putArray(group.name())::add);
    }
    return members;
  }

  void versions(ObjectNode versions) {
    groups.forEach(group -> versions.put(group.name(), group.version()));
  }

  /** As the harness sees them when it looks at members: a group before the groups within it. */
  private List<TaskGroup> outerFirst() {
    List<TaskGroup> reversed = new ArrayList<>(groups);
    Collections.reverse(reversed);
    return reversed;
  }

  /** A group has a number of shots where its members agree on one. */
  void shots(ObjectNode shots) {
    for (TaskGroup group : outerFirst()) {
      Set<Integer> found = new LinkedHashSet<>();
      group.members().stream()
          .filter(shots::has)
          .forEach(member -> found.add(shots.path(member).asInt()));
      if (found.size() == 1) {
        shots.put(group.name(), found.iterator().next());
      }
    }
  }

  void directions(ObjectNode directions) {
    for (TaskGroup group : outerFirst()) {
      ObjectNode own = JSON.objectNode();
      for (String member : group.members()) {
        directions
            .path(member)
            .properties()
            .forEach(
                metric -> {
                  boolean agreed =
                      !own.has(metric.getKey())
                          || own.path(metric.getKey()).equals(metric.getValue());
                  own.set(metric.getKey(), agreed ? metric.getValue() : JSON.nullNode());
                });
      }
      if (!own.isEmpty()) {
        directions.set(group.name(), own);
      }
    }
  }
}
