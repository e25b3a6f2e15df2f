package org.soft4j.datasets.micro;

/** Disjoint parts of the topics of a world. All of them occur in the pre-training corpus. */
public enum MicroPart {
  /** Demonstrations are drawn from these. */
  POOL(20, 40),
  /** For choosing settings and for the early stop. */
  VALIDATION(30, 30),
  /** Held out for the benchmarks. */
  TEST(80, 80),
  /** Unlabelled prompts are drawn from these. */
  PROMPTS(170, 250);

  private final int facts;
  private final int actions;

  MicroPart(int facts, int actions) {
    this.facts = facts;
    this.actions = actions;
  }

  int size(MicroType type) {
    return type == MicroType.FACT ? facts : actions;
  }
}
