package org.soft4j.lm.gguf;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ArchitectureConfig;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.family.ModelFamily;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.family.SlidingWindow;
import org.soft4j.lm.files.ModelErrors;

/** Reads a model's shape from GGUF metadata, and from which tensors the file has. */
public final class GgufArchitecture {
  private static final String REMEDY =
      "Use a GGUF file of a model without this setting; soft4j would compute it wrongly.";

  private final Gguf gguf;
  private final GgufMetadata metadata;
  private final ModelFamily family;
  private final String prefix;
  private final boolean turned;

  private GgufArchitecture(Gguf gguf) {
    this.gguf = gguf;
    this.metadata = gguf.metadata();
    String name =
        metadata
            .text("general.architecture")
            .orElseThrow(() -> metadata.damaged("has no general.architecture"));
    this.family =
        ModelFamilies.ofGguf(name)
            .orElseThrow(
                () ->
                    ModelErrors.unsupported(
                        metadata.file(),
                        "architecture \"" + name + "\" is not supported",
                        "Supported families: " + ModelFamilies.supportedInGguf() + "."));
    this.prefix = name + ".";
    this.turned = family.layers().positions() instanceof Positions.Rotary;
  }

  public static Architecture read(Gguf gguf) {
    return new GgufArchitecture(gguf).architecture();
  }

  private Architecture architecture() {
    int experts = metadata.whole(prefix + "expert_count").orElse(0);
    refuseUnless(experts == 0, prefix + "expert_count = " + experts);
    int hidden = metadata.requiredCount(prefix + "embedding_length");
    int heads = metadata.requiredCount(prefix + "attention.head_count");
    int keyValueHeads = metadata.whole(prefix + "attention.head_count_kv").orElse(heads);
    int headDimension = headDimension(hidden, heads);
    if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
      throw metadata.damaged(heads + " heads cannot share " + keyValueHeads + " key-value heads");
    }
    refuseUnless(
        family.groupsQueries() || keyValueHeads == heads && heads * headDimension == hidden,
        prefix + "attention.head_count_kv or key_length");
    int layers = metadata.requiredCount(prefix + "block_count");
    if (layers > ArchitectureConfig.MOST_LAYERS) {
      throw metadata.damaged(prefix + "block_count = " + layers + " is more than any model has");
    }
    int vocabulary = vocabulary();
    int positions = metadata.requiredCount(prefix + "context_length");
    LayerKind kind = kind(headDimension, layers, positions);
    GgufKeys.check(metadata, prefix);
    return new Architecture(
        kind.window().size() > 0 ? family.windowed() : family,
        vocabulary,
        hidden,
        metadata.requiredCount(prefix + "feed_forward_length"),
        layers,
        heads,
        keyValueHeads,
        headDimension,
        kind,
        !gguf.tensors().containsKey("output.weight"),
        positions,
        tokens(vocabulary, "bos_token_id").stream().mapToInt(Integer::intValue).findFirst(),
        List.copyOf(tokens(vocabulary, "eos_token_id", "eot_token_id", "eom_token_id")));
  }

  private LayerKind kind(int headDimension, int layers, int positions) {
    LayerKind plain = family.layers();
    boolean centred = plain.norm().kind() == Norm.Kind.LAYER;
    String epsilon = centred ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon";
    return new LayerKind(
        new Norm(plain.norm().kind(), metadata.positive(prefix + epsilon, 1e-5)),
        turned ? rotary(headDimension) : plain.positions(),
        plain.headNorms(),
        turned ? biases() : plain.biases(),
        plain.feedForward(),
        turned ? window(layers, positions) : plain.window());
  }

  private Positions rotary(int headDimension) {
    return new Positions.Rotary(
        metadata.positive(prefix + "rope.freq_base", 10000),
        GgufRope.read(gguf, prefix, headDimension));
  }

  private LayerKind.Biases biases() {
    return new LayerKind.Biases(
        gguf.tensors().containsKey("blk.0.attn_q.bias"),
        gguf.tensors().containsKey("blk.0.attn_output.bias"),
        gguf.tensors().containsKey("blk.0.ffn_up.bias"));
  }

  private SlidingWindow window(int layers, int positions) {
    int size = metadata.whole(prefix + "attention.sliding_window").orElse(0);
    refuseUnless(
        !metadata.has(prefix + "attention.sliding_window_pattern"),
        prefix + "attention.sliding_window_pattern");
    return size == 0 || size >= positions
        ? SlidingWindow.NONE
        : SlidingWindow.everywhere(size, layers);
  }

  private int headDimension(int hidden, int heads) {
    int dimension = metadata.whole(prefix + "attention.key_length").orElse(hidden / heads);
    int values = metadata.whole(prefix + "attention.value_length").orElse(dimension);
    refuseUnless(values == dimension, prefix + "attention.value_length = " + values);
    int pairs = metadata.whole(prefix + "rope.dimension_count").orElse(dimension);
    refuseUnless(!turned || pairs == dimension, prefix + "rope.dimension_count = " + pairs);
    if (dimension < 1 || turned && dimension % 2 != 0) {
      throw metadata.damaged("head dimension " + dimension + " is no positive even number");
    }
    return dimension;
  }

  private void refuseUnless(boolean supported, String setting) {
    if (!supported) {
      throw ModelErrors.unsupported(metadata.file(), setting + " is not supported", REMEDY);
    }
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
}
