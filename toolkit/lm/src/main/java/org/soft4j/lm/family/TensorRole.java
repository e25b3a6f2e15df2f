package org.soft4j.lm.family;

/**
 * What a tensor is for, whatever its family calls it; GGUF files have one name for all families.
 */
public enum TensorRole {
  /** One row per token. */
  EMBEDDING("token_embd"),
  /** One learned row per position. */
  POSITIONS("position_embd"),
  /** Of the norm before attention. */
  ATTENTION_NORM("attn_norm"),
  /** Of the norm before attention. */
  ATTENTION_NORM_BIAS("attn_norm"),
  /** Query projection. */
  QUERY("attn_q"),
  /** Key projection. */
  KEY("attn_k"),
  /** Value projection. */
  VALUE("attn_v"),
  /** Query, key and value projection in one matrix. */
  QUERY_KEY_VALUE("attn_qkv"),
  /** Of the query projection. */
  QUERY_BIAS("attn_q"),
  /** Of the key projection. */
  KEY_BIAS("attn_k"),
  /** Of the value projection. */
  VALUE_BIAS("attn_v"),
  /** Of the three projections in one. */
  QUERY_KEY_VALUE_BIAS("attn_qkv"),
  /** Of the norm of each head's query. */
  QUERY_NORM("attn_q_norm"),
  /** Of the norm of each head's key. */
  KEY_NORM("attn_k_norm"),
  /** Projection out of attention. */
  OUTPUT("attn_output"),
  /** Of the projection out of attention. */
  OUTPUT_BIAS("attn_output"),
  /** Of the norm before the feed-forward block. */
  FEED_NORM("ffn_norm"),
  /** Of the norm before the feed-forward block. */
  FEED_NORM_BIAS("ffn_norm"),
  /** The gate of a gated feed-forward block. */
  GATE("ffn_gate"),
  /** The layer that widens. */
  UP("ffn_up"),
  /** Of the gate. */
  GATE_BIAS("ffn_gate"),
  /** Of the layer that widens. */
  UP_BIAS("ffn_up"),
  /** The layer that narrows. */
  DOWN("ffn_down"),
  /** Of the layer that narrows. */
  DOWN_BIAS("ffn_down"),
  /** Of the norm after the last layer. */
  FINAL_NORM("output_norm"),
  /** Of the norm after the last layer. */
  FINAL_NORM_BIAS("output_norm"),
  /** Output head, where it is not the embedding. */
  HEAD("output");

  private final String gguf;

  TensorRole(String gguf) {
    this.gguf = gguf;
  }

  /** The last part of its name in GGUF files, such as {@code attn_q.weight}. */
  String ggufName() {
    return gguf + suffix();
  }

  /** How its name ends in Hugging Face's files as in GGUF's. */
  String suffix() {
    return bias() ? ".bias" : ".weight";
  }

  /** Whether it is added to a product rather than multiplied. */
  public boolean bias() {
    return name().endsWith("_BIAS");
  }
}
