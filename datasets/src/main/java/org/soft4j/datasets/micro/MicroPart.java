package org.soft4j.datasets.micro;

/** Disjoint parts of the topics of a world. All of them occur in the pre-training corpus. */
public enum MicroPart {
  /** Demonstrations are drawn from these. */
  POOL,
  /** For choosing settings and for the early stop. */
  VALIDATION,
  /** Held out for the benchmarks. */
  TEST,
  /** Unlabelled prompts are drawn from these. */
  PROMPTS
}
