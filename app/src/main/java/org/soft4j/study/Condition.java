package org.soft4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way to run the method.
 *
 * @param name in tables
 * @param family whose learning rate it takes: {@code single}, {@code soft} or {@code soft+}
 * @param settings texts by dotted key, over the micro preset
 */
public record Condition(String name, String family, Map<String, String> settings) {
  /** Name of the condition that trains nothing. */
  public static final String BASE = "base";

  /** Methods whose learning rate is tuned on its own. */
  public static final List<String> FAMILIES = List.of("single", "soft", "soft+");

  public Condition {
    settings = Map.copyOf(settings);
  }

  /** The untuned condition of a family: its method and nothing else. */
  public static Condition plain(String family) {
    return new Condition(family, family, Map.of("method", family));
  }

  /** The condition of this name, the base excepted. */
  static Condition named(String name) {
    return all().stream()
        .filter(condition -> condition.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no condition " + name));
  }

  /** All conditions of the study, the base excepted. */
  public static List<Condition> all() {
    List<Condition> all = new ArrayList<>();
    FAMILIES.forEach(family -> all.add(plain(family)));
    all.add(plus("soft+ overall", "curriculum.within_type", "false"));
    all.add(plus("soft+ redrawn", "curriculum.attached", "false"));
    all.add(
        new Condition(
            "soft+ overall redrawn",
            "soft+",
            Map.of(
                "method", "soft+",
                "curriculum.within_type", "false",
                "curriculum.attached", "false")));
    all.add(plus("soft+ hard to easy", "curriculum.order", "hard_to_easy"));
    all.add(plus("soft+ random order", "curriculum.order", "random"));
    all.add(plus("soft+ sorted within rounds", "curriculum.where", "within"));
    all.add(soft("soft fixed demonstrations", "demonstrations.choice", "fixed"));
    all.add(soft("soft reused prompts", "split.reuse", "true"));
    // One round is the single-round baseline, three are plain SOFT.
    for (int rounds : new int[] {2, 4, 5, 6, 7}) {
      all.add(soft("soft T=" + rounds, "rounds", String.valueOf(rounds)));
    }
    return List.copyOf(all);
  }

  private static Condition soft(String name, String key, String value) {
    return new Condition(name, "soft", Map.of("method", "soft", key, value));
  }

  private static Condition plus(String name, String key, String value) {
    return new Condition(name, "soft+", Map.of("method", "soft+", key, value));
  }
}
