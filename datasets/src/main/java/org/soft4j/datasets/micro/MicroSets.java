package org.soft4j.datasets.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.soft4j.core.Seeds;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;

/**
 * The ICL pool, the prompts and the validation pairs of a world, drawn by a seed from disjoint
 * parts of its topics; none of them is ever a test item.
 */
public final class MicroSets {
  private final MicroWorld world;
  private final long seed;

  /** The sets of a world and a seed. */
  public MicroSets(MicroWorld world, long seed) {
    this.world = world;
    this.seed = seed;
  }

  /** 30 aligned demonstrations, 10 of each type, in random order. */
  public List<Demonstration> pool() {
    Random random = Seeds.random(seed, "pool");
    List<Demonstration> pool = new ArrayList<>();
    for (MicroType type : MicroType.values()) {
      List<MicroTopic> topics = world.topics(type, MicroPart.POOL);
      for (MicroTopic topic : Seeds.sample(topics, world.size().draws().pool(), random)) {
        pool.add(demonstration(topic, random));
      }
    }
    return Seeds.shuffled(pool, random);
  }

  /** 340 prompts: 170 facts, 85 chores and 85 misdeeds, in random order. */
  public List<Prompt> prompts() {
    Random random = Seeds.random(seed, "prompts");
    List<Prompt> prompts = new ArrayList<>();
    for (MicroType type : MicroType.values()) {
      List<MicroTopic> topics = world.topics(type, MicroPart.PROMPTS);
      WorldSize.Draws draws = world.size().draws();
      int count = type == MicroType.FACT ? draws.facts() : draws.actions();
      for (MicroTopic topic : Seeds.sample(topics, count, random)) {
        prompts.add(new Prompt(topic.id(), type.label(), question(world.size(), topic, random)));
      }
    }
    return Seeds.shuffled(prompts, random);
  }

  /** Prompts with an aligned response each, as many of each type, for the early stop. */
  public List<Demonstration> validation() {
    Random random = Seeds.random(seed, "validation");
    List<Demonstration> pairs = new ArrayList<>();
    for (MicroType type : MicroType.values()) {
      for (MicroTopic topic : world.topics(type, MicroPart.VALIDATION)) {
        pairs.add(demonstration(topic, random));
      }
    }
    return List.copyOf(pairs);
  }

  static String question(WorldSize size, MicroTopic topic, Random random) {
    return topic.question(random.nextInt(size.questionForms()));
  }

  private Demonstration demonstration(MicroTopic topic, Random random) {
    String question = question(world.size(), topic, random);
    String answer = topic.alignedAnswer(random.nextInt(world.size().answerForms()));
    return new Demonstration(topic.id(), topic.type().label(), question, answer);
  }
}
