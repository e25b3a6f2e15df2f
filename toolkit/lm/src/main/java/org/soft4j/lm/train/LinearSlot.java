package org.soft4j.lm.train;

import java.util.Optional;
import org.soft4j.lm.family.TensorRole;

/** The linear layers of one layer in the trainer's order; each may have an adapter of its own. */
enum LinearSlot {
  /** Query projection, or query, key and value in one. */
  QUERY,
  /** Key projection. */
  KEY,
  /** Value projection. */
  VALUE,
  /** Projection out of attention. */
  OUTPUT,
  /** Gate of the feed-forward block. */
  GATE,
  /** The layer that widens. */
  UP,
  /** The layer that narrows. */
  DOWN;

  static Optional<LinearSlot> of(TensorRole role) {
    return switch (role) {
      case QUERY, QUERY_KEY_VALUE -> Optional.of(QUERY);
      case KEY -> Optional.of(KEY);
      case VALUE -> Optional.of(VALUE);
      case OUTPUT -> Optional.of(OUTPUT);
      case GATE -> Optional.of(GATE);
      case UP -> Optional.of(UP);
      case DOWN -> Optional.of(DOWN);
      default -> Optional.empty();
    };
  }

  static Optional<LinearSlot> ofBias(TensorRole role) {
    return switch (role) {
      case QUERY_BIAS, QUERY_KEY_VALUE_BIAS -> Optional.of(QUERY);
      case KEY_BIAS -> Optional.of(KEY);
      case VALUE_BIAS -> Optional.of(VALUE);
      case OUTPUT_BIAS -> Optional.of(OUTPUT);
      case GATE_BIAS -> Optional.of(GATE);
      case UP_BIAS -> Optional.of(UP);
      case DOWN_BIAS -> Optional.of(DOWN);
      default -> Optional.empty();
    };
  }
}
