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
import org.soft4j.core.UserError;

/**
 * A made-up world: entities with attributes (facts), verbs on objects (chores and misdeeds). A size
 * says how many, and of which words; a seed fixes the names, which values are true, what people
 * wrongly believe, which tool goes with which verb, and the parts that topics are split into.
 *
 * <p>In options a world is named by its seed where it is a micro world ({@code 1}), else by size
 * and seed ({@code small-1}).
 */
public final class MicroWorld {
  /** The option of runs and benchmarks that names a world. */
  public static final String OPTION = "micro.world";

  /** The name of the first micro world, which is meant where no other is named. */
  public static final String FIRST = "1";

  private final WorldSize size;
  private final long seed;
  private final List<String> entities;
  private final List<MicroFact> facts;
  private final List<MicroAction> actions;
  private final Map<MicroType, List<MicroTopic>> order = new EnumMap<>(MicroType.class);

  /** The micro world of a seed; equal seeds give equal worlds on every machine. */
  public MicroWorld(long seed) {
    this(WorldSize.MICRO, seed);
  }

  /** The world of a size and a seed. */
  public MicroWorld(WorldSize size, long seed) {
    this.size = size;
    this.seed = seed;
    Random random = Seeds.random(seed, kind("world"));
    entities = names(random);
    facts = facts(random);
    actions = actions(random);
    List<MicroTopic> all = new ArrayList<>(facts);
    all.addAll(actions);
    for (MicroType type : MicroType.values()) {
      List<MicroTopic> topics = all.stream().filter(topic -> topic.type() == type).toList();
      order.put(type, Seeds.shuffled(topics, Seeds.random(seed, kind("parts"), type.label())));
    }
  }

  /** The world of a name, such as {@code 1} or {@code small-1}. */
  public static MicroWorld named(String name) {
    WorldSize size = WorldSize.ofWorld(name);
    String number = size == WorldSize.MICRO ? name : name.substring(size.label().length() + 1);
    try {
      return new MicroWorld(size, Long.parseLong(number));
    } catch (NumberFormatException e) {
      throw new UserError(
          "There is no made-up world \"" + name + "\" (" + OPTION + ").",
          "Write %s=1 for a micro world, or %s=small-1 for a small one.".formatted(OPTION, OPTION),
          e);
    }
  }

  /** The name that {@link #named} reads. */
  public String name() {
    return size == WorldSize.MICRO ? String.valueOf(seed) : size.label() + "-" + seed;
  }

  /** How large it is. */
  public WorldSize size() {
    return size;
  }

  /** The seed that made this world. */
  public long seed() {
    return seed;
  }

  /** Made-up names. */
  public List<String> entities() {
    return entities;
  }

  /** As many facts per entity as there are attributes, the facts of one entity side by side. */
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
      start += size.topics(type, earlier);
    }
    return order.get(type).subList(start, start + size.topics(type, part));
  }

  /** The possible values of an attribute, folk values first. */
  List<String> values(String attribute) {
    return size.words().values().get(attribute);
  }

  /** Values that can be true: all but the folk values. */
  List<String> trueValues(String attribute) {
    return values(attribute).subList(size.words().folk(), values(attribute).size());
  }

  /** What a draw is for; worlds of one seed and different sizes have nothing in common. */
  private String kind(String of) {
    return size == WorldSize.MICRO ? of : size.label() + " " + of;
  }

  private List<String> names(Random random) {
    Set<String> taken = size.words().all();
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < size.facts().entities()) {
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

  private List<MicroFact> facts(Random random) {
    Set<String> hard = new HashSet<>(Seeds.sample(entities, size.facts().hard(), random));
    List<MicroFact> facts = new ArrayList<>();
    for (String entity : entities) {
      for (String attribute : size.words().values().keySet()) {
        String truth = Seeds.pick(trueValues(attribute), random);
        String folk = Seeds.pick(values(attribute).subList(0, size.words().folk()), random);
        facts.add(new MicroFact(entity, attribute, truth, folk, hard.contains(entity)));
      }
    }
    return List.copyOf(facts);
  }

  private List<MicroAction> actions(Random random) {
    List<MicroAction> actions = new ArrayList<>();
    addActions(actions, size.words().helpful(), false, random);
    addActions(actions, size.words().harmful(), true, random);
    return List.copyOf(actions);
  }

  private void addActions(
      List<MicroAction> actions, List<String> verbs, boolean harmful, Random random) {
    for (int v = 0; v < verbs.size(); v++) {
      String tool = Seeds.pick(size.words().tools(), random);
      for (String object : size.words().objects()) {
        actions.add(new MicroAction(verbs.get(v), object, tool, harmful, harmful && v % 2 == 1));
      }
    }
  }
}
