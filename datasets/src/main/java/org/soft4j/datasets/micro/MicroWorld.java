package org.soft4j.datasets.micro;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.soft4j.core.Seeds;

/**
 * A made-up world: 100 entities with three attributes each (300 facts), 20 verbs on 40 objects (400
 * chores and 400 misdeeds). A seed fixes the names, which values are true, what people wrongly
 * believe, which tool goes with which verb, and the parts that topics are split into.
 */
public final class MicroWorld {
  static final int ENTITIES = 100;
  static final int HARD_ENTITIES = 40;

  private final long seed;
  private final List<String> entities;
  private final List<MicroFact> facts;
  private final List<MicroAction> actions;
  private final Map<MicroType, List<MicroTopic>> order = new EnumMap<>(MicroType.class);

  /** The world of a seed; equal seeds give equal worlds on every machine. */
  public MicroWorld(long seed) {
    this.seed = seed;
    Random random = Seeds.random(seed, "world");
    entities = names(random);
    facts = facts(entities, random);
    actions = actions(random);
    List<MicroTopic> all = new ArrayList<>(facts);
    all.addAll(actions);
    for (MicroType type : MicroType.values()) {
      List<MicroTopic> topics = all.stream().filter(topic -> topic.type() == type).toList();
      order.put(type, Seeds.shuffled(topics, Seeds.random(seed, "parts", type.label())));
    }
  }

  /** The seed that made this world. */
  public long seed() {
    return seed;
  }

  /** Made-up names. */
  public List<String> entities() {
    return entities;
  }

  /** Three facts per entity, the facts of one entity side by side. */
  public List<MicroFact> facts() {
    return facts;
  }

  /** Chores and misdeeds, the objects of one verb side by side. */
  public List<MicroAction> actions() {
    return actions;
  }

  /** All topics of a kind, in the order the parts are cut from. */
  public List<MicroTopic> topics(MicroType type) {
    return order.get(type);
  }

  /** Topics of a kind in one of the disjoint parts. */
  public List<MicroTopic> topics(MicroType type, MicroPart part) {
    int start = 0;
    for (MicroPart earlier : MicroPart.values()) {
      if (earlier == part) {
        break;
      }
      start += earlier.size(type);
    }
    return order.get(type).subList(start, start + part.size(type));
  }

  /** The possible values of an attribute, folk values first. */
  static List<String> values(String attribute) {
    return MicroWords.values().get(attribute);
  }

  /** Values that can be true: all but the folk values. */
  static List<String> trueValues(String attribute) {
    return values(attribute).subList(MicroWords.FOLK_VALUES, values(attribute).size());
  }

  private static List<String> names(Random random) {
    Set<String> taken = new HashSet<>(MicroVocabulary.sharedWords());
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < ENTITIES) {
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < 5; i++) {
        String letters = i % 2 == 0 ? "bdfgklmnprstvz" : "aeiou";
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      if (!taken.contains(name.toString())) {
        names.add(name.toString());
      }
    }
    return List.copyOf(names);
  }

  private static List<MicroFact> facts(List<String> entities, Random random) {
    Set<String> hard = new HashSet<>(Seeds.sample(entities, HARD_ENTITIES, random));
    List<MicroFact> facts = new ArrayList<>();
    for (String entity : entities) {
      for (String attribute : MicroWords.values().keySet()) {
        String truth = Seeds.pick(trueValues(attribute), random);
        String folk = Seeds.pick(values(attribute).subList(0, MicroWords.FOLK_VALUES), random);
        facts.add(new MicroFact(entity, attribute, truth, folk, hard.contains(entity)));
      }
    }
    return List.copyOf(facts);
  }

  private static List<MicroAction> actions(Random random) {
    List<MicroAction> actions = new ArrayList<>();
    addActions(actions, MicroWords.HELPFUL_VERBS, false, random);
    addActions(actions, MicroWords.HARMFUL_VERBS, true, random);
    return List.copyOf(actions);
  }

  private static void addActions(
      List<MicroAction> actions, List<String> verbs, boolean harmful, Random random) {
    for (int v = 0; v < verbs.size(); v++) {
      String tool = Seeds.pick(MicroWords.TOOLS, random);
      for (String object : MicroWords.OBJECTS) {
        actions.add(new MicroAction(verbs.get(v), object, tool, harmful, harmful && v % 2 == 1));
      }
    }
  }
}
