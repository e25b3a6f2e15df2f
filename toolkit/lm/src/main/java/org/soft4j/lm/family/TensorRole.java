package org.soft4j.lm.family;

/** What a tensor is for, whatever its family calls it. */
public enum TensorRole {
  /** One row per token. */
  EMBEDDING,
  /** One learned row per position. */
  POSITIONS,
  /** Of the norm before attention. */
  ATTENTION_NORM,
  /** Of the norm before attention. */
  ATTENTION_NORM_BIAS,
  /** Query projection. */
  QUERY,
  /** Key projection. */
  KEY,
  /** Value projection. */
  VALUE,
  /** Query, key and value projection in one matrix. */
  QUERY_KEY_VALUE,
  /** Of the query projection. */
  QUERY_BIAS,
  /** Of the key projection. */
  KEY_BIAS,
  /** Of the value projection. */
  VALUE_BIAS,
  /** Of the three projections in one. */
  QUERY_KEY_VALUE_BIAS,
  /** Of the norm of each head's query. */
  QUERY_NORM,
  /** Of the norm of each head's key. */
  KEY_NORM,
  /** Projection out of attention. */
  OUTPUT,
  /** Of the projection out of attention. */
  OUTPUT_BIAS,
  /** Of the norm before the feed-forward block. */
  FEED_NORM,
  /** Of the norm before the feed-forward block. */
  FEED_NORM_BIAS,
  /** The gate of a gated feed-forward block. */
  GATE,
  /** The layer that widens. */
  UP,
  /** Of the gate. */
  GATE_BIAS,
  /** Of the layer that widens. */
  UP_BIAS,
  /** The layer that narrows. */
  DOWN,
  /** Of the layer that narrows. */
  DOWN_BIAS,
  /** Of the norm after the last layer. */
  FINAL_NORM,
  /** Of the norm after the last layer. */
  FINAL_NORM_BIAS,
  /** Output head, where it is not the embedding. */
  HEAD;

  /** Whether it is added to a product rather than multiplied. */
  public boolean bias() {
    return name().endsWith("_BIAS");
  }
}
