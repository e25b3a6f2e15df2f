package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskGroup;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.Tasks;

/**
 * Finds the tasks and groups within a group of a task file: by name among the files of a folder and
 * the tasks that are known, or written where they are named.
 */
final class YamlGroup {
  private static final int MOST_DEPTH = 10;
  private static final String GROUP = "group";
  private static final String TASK = "task";
  private static final String RULES = "aggregate_metric_list";

  /** Fields that are a group's own; the others replace fields of its tasks. */
  private static final Set<String> OWN =
      Set.of(GROUP, "group_alias", TASK, RULES, "metadata", "tag");

  private final Tasks known;
  private final YamlIndex index;
  private final Map<String, TaskProvider> leaves = new LinkedHashMap<>();
  private final List<TaskGroup> groups = new ArrayList<>();

  private YamlGroup(Tasks known, YamlIndex index) {
    this.known = known;
    this.index = index;
  }

  /**
   * The tasks of the group that a file defines, each of which knows all groups it was chosen by.
   *
   * @throws org.soft4j.core.UserError that names file, line and field of what cannot be used
   */
  static List<TaskProvider> tasks(Tasks known, YamlIndex index, Path file) {
    YamlGroup read = new YamlGroup(known, index);
    Map<String, YamlValue> fields = YamlFile.read(file);
    read.group(fields.get(GROUP).text(), fields, Map.of(), 0);
    return read.leaves.values().stream()
        .<TaskProvider>map(leaf -> new Member(leaf, List.copyOf(read.groups)))
        .toList();
  }

  /** Names of the tasks within. */
  private List<String> group(
      String name, Map<String, YamlValue> fields, Map<String, YamlValue> replaced, int depth) {
    YamlValue list = fields.get(TASK);
    YamlValue place = fields.values().iterator().next();
    if (list == null || !list.isList() || list.list().isEmpty()) {
      throw place.fault("is a group without a list of tasks.", "Add task: [NAME, …].");
    }
    if (depth > MOST_DEPTH) {
      throw list.fault(
          "leads deeper than %s groups, or in a circle.".formatted(MOST_DEPTH),
          "Name the tasks themselves.");
    }
    Map<String, YamlValue> inner = new LinkedHashMap<>(fields);
    inner.keySet().removeAll(OWN);
    inner.putAll(replaced);
    List<String> members = new ArrayList<>();
    Set<String> tasks = new LinkedHashSet<>();
    for (YamlValue member : list.list()) {
      tasks.addAll(
          member.isMap()
              ? written(name, member, inner, members, depth)
              : named(member, member.text(), inner, members, depth));
    }
    groups.add(
        new TaskGroup(
            name,
            text(fields, "group_alias", name),
            TaskPlan.version(fields).orElse("N/A"),
            members,
            List.copyOf(tasks),
            rules(fields)));
    return List.copyOf(tasks);
  }

  private List<String> named(
      YamlValue place,
      String name,
      Map<String, YamlValue> replaced,
      List<String> members,
      int depth) {
    Optional<YamlIndex.Entry> entry = index.find(name);
    if (entry.isPresent() && entry.get().group()) {
      members.add(name);
      return group(name, YamlFile.read(entry.get().file()), replaced, depth + 1);
    }
    if (entry.isPresent()) {
      members.add(name);
      return leaf(place, new YamlTasks.Unread(entry.get().file(), name, replaced));
    }
    List<String> tagged = index.tagged(name);
    if (!tagged.isEmpty()) {
      List<String> tasks = new ArrayList<>();
      tagged.forEach(task -> tasks.addAll(named(place, task, replaced, members, depth)));
      return tasks;
    }
    Optional<TaskProvider> other = known.find(name).filter(found -> replaced.isEmpty());
    if (other.isPresent()) {
      members.add(name);
      return leaf(place, other.get());
    }
    throw place.fault(
        "names \"%s\", which is no task, group or tag of the folder.".formatted(name),
        "Give the folder that holds its file by --include DIR, and the group by its name.");
  }

  /** A member with fields of its own. */
  private List<String> written(
      String group,
      YamlValue member,
      Map<String, YamlValue> replaced,
      List<String> members,
      int depth) {
    Map<String, YamlValue> fields = member.fields();
    if (fields.containsKey(GROUP)) {
      String name = fields.get(GROUP).text();
      if (index.find(name).isPresent()) {
        Map<String, YamlValue> more = new LinkedHashMap<>(replaced);
        more.putAll(fields);
        more.remove(GROUP);
        return named(member, name, more, members, depth);
      }
      String inner = group + "::" + name;
      members.add(inner);
      return group(inner, fields, replaced, depth + 1);
    }
    YamlValue task = Fields.required(member, fields, TASK);
    Map<String, YamlValue> more = new LinkedHashMap<>(replaced);
    more.putAll(fields);
    if (index.find(task.text()).isEmpty() && index.tagged(task.text()).isEmpty()) {
      throw task.fault(
          "\"%s\" is no task, group or tag of the folder.".formatted(task.text()),
          "Write the task in a file of its own beside the group.");
    }
    more.remove(TASK);
    return named(member, task.text(), more, members, depth);
  }

  private List<String> leaf(YamlValue place, TaskProvider provider) {
    TaskProvider before = leaves.putIfAbsent(provider.name(), provider);
    if (before != null && !before.equals(provider)) {
      throw place.fault(
          "asks for %s twice, with other fields.".formatted(provider.name()),
          "Give one of them a name of its own in a file.");
    }
    return List.of(provider.name());
  }

  private static List<TaskGroup.Rule> rules(Map<String, YamlValue> fields) {
    YamlValue list = fields.get(RULES);
    if (list == null || list.isNull()) {
      return List.of();
    }
    List<TaskGroup.Rule> rules = new ArrayList<>();
    for (YamlValue entry : list.isMap() ? List.of(list) : list.list()) {
      Map<String, YamlValue> rule = new TreeMap<>(entry.fields());
      rule.values().removeIf(YamlValue::isNull);
      Fields.refuseOthers(rule, Set.of("metric", "filter_list", "aggregation", "weight_by_size"));
      YamlValue aggregation = rule.get("aggregation");
      if (aggregation != null) {
        Fields.refuseCode(aggregation);
        if (!aggregation.text().equals("mean")) {
          throw aggregation.fault(
              "\"%s\" is not supported.".formatted(aggregation.text()), "Available: mean.");
        }
      }
      rules.add(
          new TaskGroup.Rule(
              Fields.required(entry, rule, "metric").text(),
              rule.containsKey("filter_list") ? rule.get("filter_list").texts() : List.of(),
              !rule.containsKey("weight_by_size") || rule.get("weight_by_size").truth()));
    }
    return rules;
  }

  private static String text(Map<String, YamlValue> fields, String name, String otherwise) {
    YamlValue value = fields.get(name);
    return value == null || value.isNull() ? otherwise : value.text();
  }

  /** A task that was chosen by a group. */
  private record Member(TaskProvider task, List<TaskGroup> groups) implements TaskProvider {
    @Override
    public String name() {
      return task.name();
    }

    @Override
    public String summary() {
      return task.summary();
    }

    @Override
    public Task open(TaskOptions options) {
      return task.open(options).inGroups(groups);
    }
  }
}
