package org.soft4j.lm.files;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the shape of a Llama model from GGUF metadata. */
final class GgufLlama {
  private static final String REMEDY =
      "Use a GGUF file of a Llama model without this setting, such as SmolLM2.";

  private final Gguf gguf;
  private final GgufMetadata metadata;

  private GgufLlama(Gguf gguf) {
    this.gguf = gguf;
    this.metadata = gguf.metadata();
  }

  static Architecture read(Gguf gguf) {
    GgufLlama llama = new GgufLlama(gguf);
    llama.refuseForeign();
    return llama.architecture();
  }

  private void refuseForeign() {
    String family =
        metadata
            .text("general.architecture")
            .orElseThrow(() -> metadata.damaged("has no general.architecture"));
    if (!family.equals("llama")) {
      throw ModelErrors.unsupported(
          metadata.file(),
          "architecture \"" + family + "\" is not supported",
          "Supported families: llama (Llama 1 and 2, SmolLM, SmolLM2, TinyLlama).");
    }
    String scaling = metadata.text("llama.rope.scaling.type").orElse("none");
    refuseUnless(scaling.equals("none"), "llama.rope.scaling.type = " + scaling);
    // Files of 2023 say the linear factor under this older key.
    double linear = metadata.number("llama.rope.scale_linear").orElse(1.0);
    refuseUnless(linear == 1, "llama.rope.scale_linear = " + linear);
    int experts = metadata.whole("llama.expert_count").orElse(0);
    refuseUnless(experts == 0, "llama.expert_count = " + experts);
  }

  private void refuseUnless(boolean supported, String setting) {
    if (!supported) {
      throw ModelErrors.unsupported(metadata.file(), setting + " is not supported", REMEDY);
    }
  }

  private Architecture architecture() {
    int hidden = metadata.requiredCount("llama.embedding_length");
    int heads = metadata.requiredCount("llama.attention.head_count");
    int keyValueHeads = metadata.whole("llama.attention.head_count_kv").orElse(heads);
    int headDimension = headDimension(hidden, heads);
    if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
      throw metadata.damaged(heads + " heads cannot share " + keyValueHeads + " key-value heads");
    }
    int vocabulary = vocabulary();
    return new Architecture(
        Family.LLAMA,
        vocabulary,
        hidden,
        metadata.requiredCount("llama.feed_forward_length"),
        metadata.requiredCount("llama.block_count"),
        heads,
        keyValueHeads,
        headDimension,
        LayerKind.llama(
            positive("llama.attention.layer_norm_rms_epsilon", 1e-5),
            positive("llama.rope.freq_base", 10000)),
        !gguf.tensors().containsKey("output.weight"),
        metadata.requiredCount("llama.context_length"),
        tokens(vocabulary, "bos_token_id").stream().mapToInt(Integer::intValue).findFirst(),
        List.copyOf(tokens(vocabulary, "eos_token_id", "eot_token_id", "eom_token_id")));
  }

  private int headDimension(int hidden, int heads) {
    int dimension = metadata.whole("llama.attention.key_length").orElse(hidden / heads);
    int values = metadata.whole("llama.attention.value_length").orElse(dimension);
    int turned = metadata.whole("llama.rope.dimension_count").orElse(dimension);
    refuseUnless(values == dimension, "llama.attention.value_length = " + values);
    refuseUnless(turned == dimension, "llama.rope.dimension_count = " + turned);
    if (dimension < 2 || dimension % 2 != 0) {
      throw metadata.damaged("head dimension " + dimension + " is no positive even number");
    }
    return dimension;
  }

  private int vocabulary() {
    Gguf.Tensor embedding = gguf.tensors().get("token_embd.weight");
    if (embedding == null || embedding.shape().length != 2) {
      throw metadata.damaged("has no tensor token_embd.weight with two dimensions");
    }
    long rows = embedding.shape()[0];
    if (rows < 1 || rows > Integer.MAX_VALUE) {
      throw metadata.damaged("has an embedding of " + rows + " rows");
    }
    return (int) rows;
  }

  private Set<Integer> tokens(int vocabulary, String... names) {
    Set<Integer> ids = new LinkedHashSet<>();
    for (String name : names) {
      String key = "tokenizer.ggml." + name;
      metadata.whole(key).ifPresent(ids::add);
      for (int id : ids) {
        if (id >= vocabulary) {
          throw metadata.damaged(key + " " + id + " is no token of a vocabulary of " + vocabulary);
        }
      }
    }
    return ids;
  }

  private double positive(String key, double whenAbsent) {
    double value = metadata.number(key).orElse(whenAbsent);
    if (!(value > 0) || Double.isInfinite(value)) {
      throw metadata.damaged(key + " = " + value + " is no positive number");
    }
    return value;
  }
}
