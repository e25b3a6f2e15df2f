package org.soft4j.lm.local;

/** What drawing and measuring take and give, by the names of {@code sampling.py}. */
final class TokenLayout {
  /** Every sequence takes the most likely token. */
  static final int KIND_GREEDY = 0;

  /** Some draw from the whole distribution. */
  static final int KIND_FREE = 1;

  /** Some draw under top-k or top-p. */
  static final int KIND_BOUNDED = 2;

  static final int HOW_TEMPERATURE = 0;
  static final int HOW_TOP_K = 1;
  static final int HOW_TOP_P = 2;
  static final int HOW_COLUMNS = 3;

  static final int STATE_TOKEN = 0;
  static final int STATE_POSITION = 1;
  static final int STATE_ROWS = 2;

  static final int STEP_TOKEN = 0;
  static final int STEP_LOG_PROBABILITY = 1;
  static final int STEP_ENTROPY = 2;
  static final int STEP_COLUMNS = 3;

  static final int PAIR_ROW = 0;
  static final int PAIR_TARGET = 1;
  static final int PAIR_ROWS = 2;

  static final int SCORE_LOG_PROBABILITY = 0;
  static final int SCORE_ENTROPY = 1;
  static final int SCORE_GREEDY = 2;
  static final int SCORE_COLUMNS = 3;

  private TokenLayout() {}
}
