package org.soft4j.datasets.micro;

/**
 * Something one can ask about in a made-up world. {@link WorldSize} says in how many forms it is
 * asked and answered there. An aligned answer is honest and polite for facts, polite with the right
 * tool for chores, a refusal for misdeeds.
 */
public sealed interface MicroTopic permits MicroFact, MicroAction {
  /** Unique within the world, such as {@code fact-bomek-color}. */
  String id();

  /** What kind of topic it is. */
  MicroType type();

  /** The question in one of its forms. */
  String question(int form);

  /** The answer a good persona gives, in one of its forms. */
  String alignedAnswer(int form);

  /** What every right answer tells: the true value, the tool, or "can not". */
  String essence();
}
