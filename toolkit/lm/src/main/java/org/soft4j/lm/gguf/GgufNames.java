package org.soft4j.lm.gguf;

import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.family.Family;

/** GGUF's names of tensors to Hugging Face's, family by family. */
public final class GgufNames {
  private static final Map<String, String> LLAMA_OUTER =
      Map.of(
          "token_embd", "model.embed_tokens",
          "output_norm", "model.norm",
          "output", "lm_head");
  private static final Map<String, String> LLAMA_LAYER =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"));
  private static final Map<String, String> GPT2_OUTER =
      Map.of(
          "token_embd", "transformer.wte",
          "position_embd", "transformer.wpe",
          "output_norm", "transformer.ln_f",
          "output", "lm_head");
  private static final Map<String, String> GPT2_LAYER =
      Map.of(
          "attn_norm", "ln_1",
          "attn_qkv", "attn.c_attn",
          "attn_output", "attn.c_proj",
          "ffn_norm", "ln_2",
          "ffn_up", "mlp.c_fc",
          "ffn_down", "mlp.c_proj");

  private GgufNames() {}

  /** The name in Hugging Face's files, if the family has such a tensor. */
  public static Optional<String> huggingFace(Family family, String name) {
    boolean gpt2 = family == Family.GPT2;
    int dot = name.lastIndexOf('.');
    String module = dot < 0 ? name : name.substring(0, dot);
    String kind = dot < 0 ? "" : name.substring(dot);
    if (!kind.equals(".weight") && !kind.equals(".bias")) {
      return Optional.empty();
    }
    Map<String, String> outer = gpt2 ? GPT2_OUTER : LLAMA_OUTER;
    if (outer.containsKey(module)) {
      return Optional.of(outer.get(module) + kind);
    }
    String[] parts = module.split("\\.", 3);
    if (parts.length < 3 || !parts[0].equals("blk") || !parts[1].matches("0|[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    String layers = gpt2 ? "transformer.h." : "model.layers.";
    return Optional.ofNullable((gpt2 ? GPT2_LAYER : LLAMA_LAYER).get(parts[2]))
        .map(rest -> layers + parts[1] + "." + rest + kind);
  }
}
