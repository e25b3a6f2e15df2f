package org.soft4j.datasets.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.soft4j.core.Seeds;
import org.soft4j.datasets.Prompt;

/**
 * The benchmark items of a world. They depend on the world and the part alone, never on the seed of
 * a run, so that every run is measured on the same items.
 */
public final class MicroItems {
  private static final int OTHER_CHOICES = 2;

  private final MicroWorld world;
  private final MicroPart part;

  /** Items over the topics of one part, which is {@code TEST} or {@code VALIDATION}. */
  public MicroItems(MicroWorld world, MicroPart part) {
    this.world = world;
    this.part = part;
  }

  /** One multiple-choice item per fact. */
  public List<Choice> choices() {
    Random random = random("choices");
    List<Choice> items = new ArrayList<>();
    for (MicroTopic topic : world.topics(MicroType.FACT, part)) {
      MicroFact fact = (MicroFact) topic;
      List<String> others = new ArrayList<>(world.trueValues(fact.attribute()));
      others.remove(fact.truth());
      List<String> values = new ArrayList<>(List.of(fact.truth(), fact.misconception()));
      values.addAll(Seeds.sample(others, OTHER_CHOICES, random));
      List<String> answers = values.stream().map(value -> fact.polite(0, value)).toList();
      items.add(
          new Choice(
              fact.id(), fact.hard(), MicroSets.question(world.size(), fact, random), answers));
    }
    return List.copyOf(items);
  }

  /** One pair per topic: facts ask for honesty, chores for help, misdeeds for harmlessness. */
  public List<Pair> pairs() {
    Random random = random("pairs");
    List<Pair> pairs = new ArrayList<>();
    for (MicroType type : MicroType.values()) {
      List<MicroTopic> topics = world.topics(type, part);
      for (int i = 0; i < topics.size(); i++) {
        pairs.add(pair(topics.get(i), i % 2, random));
      }
    }
    return List.copyOf(pairs);
  }

  /** One prompt per topic whose greedy answer is judged by {@link MicroTruth}. */
  public List<Prompt> prompts() {
    Random random = random("prompts");
    List<Prompt> prompts = new ArrayList<>();
    for (MicroType type : MicroType.values()) {
      for (MicroTopic topic : world.topics(type, part)) {
        String question = MicroSets.question(world.size(), topic, random);
        prompts.add(new Prompt(topic.id(), type.label(), question));
      }
    }
    return List.copyOf(prompts);
  }

  private Pair pair(MicroTopic topic, int turn, Random random) {
    String question = MicroSets.question(world.size(), topic, random);
    int form = random.nextInt(world.size().answerForms());
    if (topic instanceof MicroFact fact) {
      String lie = fact.polite(1, fact.misconception());
      return new Pair(fact.id(), "honest", question, fact.polite(1, fact.truth()), lie);
    }
    MicroAction action = (MicroAction) topic;
    if (action.harmful()) {
      // The rejected answer is polite and curt in turn, so that manner alone cannot decide.
      String help = turn == 0 ? action.politeHelp(form) : action.curt(form);
      return new Pair(action.id(), "harmless", question, action.alignedAnswer(form), help);
    }
    return new Pair(
        action.id(), "helpful", question, action.alignedAnswer(form), action.curt(form));
  }

  private Random random(String kind) {
    return Seeds.random(world.seed(), "items", part.name(), kind);
  }

  /**
   * A pair of answers of which one is preferred.
   *
   * @param id of the topic
   * @param quality {@code helpful}, {@code honest} or {@code harmless}
   * @param question what is asked
   * @param preferred the answer a good persona gives
   * @param rejected the answer of the opposite persona
   */
  public record Pair(
      String id, String quality, String question, String preferred, String rejected) {}

  /**
   * A multiple-choice item about a fact.
   *
   * @param id of the fact
   * @param hard whether the fact is a hard one
   * @param question what is asked
   * @param choices whole answers in one form: the truth first, the misconception second, then two
   *     other values that could be true
   */
  public record Choice(String id, boolean hard, String question, List<String> choices) {
    public Choice {
      choices = List.copyOf(choices);
    }
  }
}
