package org.soft4j.benchmarks.instructions;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.soft4j.core.Seeds;

/** Composes prompts from the recipe; equal seeds and numbers give equal prompts. */
final class InstructionPrompts {
  // Of twelve prompts one is to be refused and one sounds so; the others have two rules each.
  private static final int CYCLE = 12;

  private final Recipe recipe;
  private final long seed;

  InstructionPrompts(Recipe recipe, long seed) {
    this.recipe = recipe;
    this.seed = seed;
  }

  /**
   * A prompt and its rules.
   *
   * @param text that the model is asked
   * @param rules one or two, of which none forbids what the other asks for
   */
  record Composed(String text, List<Rule> rules) {
    Composed {
      rules = List.copyOf(rules);
    }
  }

  /** So many different prompts, in random order. */
  List<Composed> all(int count) {
    List<String> harmful = Seeds.shuffled(recipe.harmful().all(), random("harmful"));
    List<String> harmless = Seeds.shuffled(recipe.harmless().all(), random("harmless"));
    Set<String> taken = new HashSet<>();
    List<Composed> prompts = new ArrayList<>();
    int composed = 0;
    for (int i = 0; i < count; i++) {
      int turn = i / CYCLE;
      if (i % CYCLE == 0 && turn < harmful.size()) {
        prompts.add(new Composed(harmful.get(turn), List.of(new RefusalRule(true))));
      } else if (i % CYCLE == 1 && turn < harmless.size()) {
        prompts.add(new Composed(harmless.get(turn), List.of(new RefusalRule(false))));
      } else {
        prompts.add(another(composed++, taken));
      }
    }
    return Seeds.shuffled(prompts, random("order"));
  }

  /** The next prompt that none before it equals; rules take turns at the first place. */
  private Composed another(int number, Set<String> taken) {
    Random random = random("prompt", number);
    String first = Rules.TURNS.get(number % Rules.TURNS.size());
    while (true) {
      Recipe.Topic topic = Seeds.pick(recipe.topics(), random);
      List<Rule> rules = rules(first, topic, random);
      StringBuilder text =
          new StringBuilder(Seeds.pick(recipe.requests(), random).formatted(topic.name()));
      rules.forEach(rule -> text.append(' ').append(rule.wording()));
      if (taken.add(text.toString())) {
        return new Composed(text.toString(), rules);
      }
    }
  }

  private List<Rule> rules(String first, Recipe.Topic topic, Random random) {
    Rule rule = Rules.draw(first, recipe, topic, random);
    Set<String> others = new LinkedHashSet<>(Seeds.shuffled(Rules.COMPOSED, random));
    for (String other : others) {
      Rule second = Rules.draw(other, recipe, topic, random);
      EnumSet<Rule.Aspect> common = EnumSet.copyOf(rule.binds());
      common.retainAll(second.binds());
      if (common.isEmpty()) {
        return List.of(rule, second);
      }
    }
    throw new IllegalStateException("no rule goes with " + first);
  }

  private Random random(Object... names) {
    List<Object> all = new ArrayList<>(List.of("instructions"));
    all.addAll(List.of(names));
    return Seeds.random(seed, all.toArray());
  }
}
