package org.soft4j.study.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.soft4j.study.grid.StudyCondition;
import org.soft4j.study.grid.StudyDesign;

/**
 * Something that conditions of a study can show: that one way is better than another.
 *
 * @param words what is claimed
 * @param claim whether it is a claim of the method, and not only a difference of two values
 * @param pairs conditions that differ in this alone; all of them count alike
 */
public record Contrast(String words, boolean claim, List<Pair> pairs) {
  private static final String METHOD = "method";
  private static final String CHOICE = "demonstrations.choice";
  private static final String REUSE = "split.reuse";
  private static final String ORDER = "curriculum.order";

  /** Copies the list. */
  public Contrast {
    pairs = List.copyOf(pairs);
  }

  /**
   * Two conditions that are compared after a round.
   *
   * @param first compared with
   * @param firstKept after the round that validation keeps, and not after its last
   * @param second said to be better
   * @param secondKept likewise
   */
  public record Pair(
      StudyCondition first, boolean firstKept, StudyCondition second, boolean secondKept) {
    static Pair last(StudyCondition first, StudyCondition second) {
      return new Pair(first, false, second, false);
    }

    /** In words, such as {@code soft − single}. */
    public String words() {
      return firstKept == secondKept
          ? second.name() + " − " + first.name()
          : second.name() + ", kept round − last round";
    }
  }

  /** All that the conditions of a study can show; what they do not have is left out. */
  public static List<Contrast> of(StudyDesign design) {
    List<Contrast> all = new ArrayList<>();
    add(all, design, "Rounds beat the single round", METHOD, "soft", "single");
    add(all, design, "Random demonstrations beat fixed ones", CHOICE, "random", "fixed");
    add(all, design, "Fresh prompts beat reused ones", REUSE, "false", "true");
    add(all, design, "SOFT+, easy to hard, beats SOFT", METHOD, "soft+", "soft");
    add(all, design, "Easy to hard beats a random order", ORDER, "easy_to_hard", "random");
    add(all, design, "Easy to hard beats a random order", ORDER, "by_method", "random");
    add(all, design, "Easy to hard beats hard to easy", ORDER, "by_method", "hard_to_easy");
    add(all, design, "Easy to hard beats hard to easy", ORDER, "easy_to_hard", "hard_to_easy");
    List<Pair> late = new ArrayList<>();
    for (StudyCondition condition : design.conditions()) {
      if (design.values(condition).soft().effectiveRounds() > 1) {
        late.add(new Pair(condition, false, condition, true));
      }
    }
    if (!late.isEmpty()) {
      all.add(new Contrast("Late rounds collapse, and validation stops before", true, late));
    }
    design.keys().forEach(key -> others(all, design, key));
    return all;
  }

  private static void add(
      List<Contrast> all, StudyDesign design, String words, String key, String one, String other) {
    List<Pair> pairs =
        pairs(design, key, (first, second) -> first.equals(other) && second.equals(one));
    // By method the order is easy to hard for SOFT+ alone.
    pairs =
        pairs.stream()
            .filter(p -> !key.equals(ORDER) || p.second.method().equals("soft+"))
            .toList();
    if (!pairs.isEmpty()) {
      all.add(new Contrast(words, true, pairs));
    }
  }

  /** Values of a setting that no claim is about, each against the first one. */
  private static void others(List<Contrast> all, StudyDesign design, String key) {
    if (List.of(METHOD, CHOICE, REUSE, ORDER).contains(key)) {
      return;
    }
    List<String> values =
        design.conditions().stream().map(c -> design.facts(c).get(key)).distinct().toList();
    String plain = values.get(0);
    for (String value : values.subList(1, values.size())) {
      List<Pair> pairs =
          pairs(design, key, (first, second) -> first.equals(plain) && second.equals(value));
      if (!pairs.isEmpty()) {
        all.add(new Contrast("%s %s against %s".formatted(key, value, plain), false, pairs));
      }
    }
  }

  /** Conditions that differ in one key alone, the first's value and the second's as asked for. */
  private static List<Pair> pairs(
      StudyDesign design, String key, BiPredicate<String, String> asked) {
    List<Pair> pairs = new ArrayList<>();
    for (StudyCondition first : design.conditions()) {
      for (StudyCondition second : design.conditions()) {
        Map<String, String> one = new LinkedHashMap<>(design.facts(first));
        Map<String, String> two = new LinkedHashMap<>(design.facts(second));
        String a = one.remove(key);
        String b = two.remove(key);
        if (a != null && b != null && one.equals(two) && asked.test(a, b)) {
          pairs.add(Pair.last(first, second));
        }
      }
    }
    return pairs;
  }
}
