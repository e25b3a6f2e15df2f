package org.soft4j.study.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;
import org.soft4j.settings.Settings;

/**
 * One way to run the method.
 *
 * @param name in tables
 * @param settings by which it differs from what all begin with, its method among them
 */
public record StudyCondition(String name, Map<String, String> settings) {
  static final String METHOD = "method";
  private static final String REUSE = "split.reuse";

  /** A single round has no second one that could take its prompts again. */
  public StudyCondition {
    Map<String, String> all = new LinkedHashMap<>(settings);
    if ("single".equals(all.get(METHOD))) {
      all.remove(REUSE);
    }
    settings = Map.copyOf(all);
  }

  /** Its method. */
  public String method() {
    return settings.get(METHOD);
  }

  /** Its name as a folder. */
  String folder() {
    return name.replaceAll("[^\\w+-]+", "-");
  }

  /**
   * Every method with every value of what varies, and what is named besides; of several that are
   * the same run, the first.
   *
   * @param base what all begin with
   * @param more by name; one that names no method has the base's
   */
  static List<StudyCondition> all(
      Resolved<Settings> base,
      List<String> methods,
      List<Vary> vary,
      Map<String, Map<String, String>> more) {
    List<StudyCondition> all = new ArrayList<>();
    if (more.isEmpty() || !vary.isEmpty()) {
      methods.forEach(method -> all.addAll(crossed(method, vary)));
    }
    more.forEach(
        (name, settings) -> {
          Map<String, String> whole = new LinkedHashMap<>(settings);
          whole.putIfAbsent(METHOD, base.value().soft().method().toString());
          all.add(new StudyCondition(name, whole));
        });
    List<StudyCondition> distinct = distinct(base, all);
    refuseOneFolder(distinct);
    return distinct;
  }

  private static List<StudyCondition> crossed(String method, List<Vary> vary) {
    List<StudyCondition> all = List.of(new StudyCondition(method, Map.of(METHOD, method)));
    for (Vary one : vary) {
      List<StudyCondition> next = new ArrayList<>();
      for (StudyCondition before : all) {
        for (Vary.Value value : one.values()) {
          Map<String, String> settings = new LinkedHashMap<>(before.settings);
          settings.put(one.key(), value.text());
          boolean plain = value.equals(one.values().get(0));
          next.add(
              new StudyCondition(
                  plain ? before.name : before.name + ", " + value.label(), settings));
        }
      }
      all = next;
    }
    return all;
  }

  private static List<StudyCondition> distinct(Resolved<Settings> base, List<StudyCondition> all) {
    Set<Map<String, String>> seen = new LinkedHashSet<>();
    return all.stream().filter(c -> seen.add(c.over(base).texts())).toList();
  }

  private static void refuseOneFolder(List<StudyCondition> all) {
    Map<String, String> names = new LinkedHashMap<>();
    for (StudyCondition condition : all) {
      String other = names.put(condition.folder(), condition.name);
      if (other != null) {
        throw new UserError(
            "The conditions \"%s\" and \"%s\" would have one folder."
                .formatted(other, condition.name),
            "Give one of them another name.");
      }
    }
  }

  /** What all begin with, as this condition has it. */
  Resolved<Settings> over(Resolved<Settings> base) {
    try {
      return base.with(settings, "study: " + name);
    } catch (UserError refused) {
      throw new UserError(
          "The condition \"%s\": %s".formatted(name, refused.getMessage()),
          refused.remedy(),
          refused);
    }
  }
}
