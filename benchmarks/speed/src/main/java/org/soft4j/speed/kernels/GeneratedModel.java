package org.soft4j.speed.kernels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.soft4j.core.Json;
import org.soft4j.core.ScratchFolder;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;

/**
 * A model folder with the shape of SmolLM2-135M, any number of layers and random weights, which
 * multiply as slowly as learned ones. Its tokenizer is the micro model's: every word a token.
 */
final class GeneratedModel implements AutoCloseable {
  private static final int VOCABULARY = 49152;
  private static final int HIDDEN = 576;
  private static final int INTERMEDIATE = 1536;
  private static final int KEYS = 192;

  private final ScratchFolder scratch = ScratchFolder.temporary("soft4j-kernels-");
  private final Path folder = scratch.root();
  private final LocalModel model;

  GeneratedModel(int layers, String dtype, int threads) {
    try {
      Path micro = EmbeddedModels.unpack(EmbeddedModels.NAMES.get(0), folder);
      Files.copy(micro.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WholeFile.write(folder.resolve("config.json"), Json.pretty(config(layers)));
    Safetensors.write(folder.resolve("model.safetensors"), weights(layers), Map.of("format", "pt"));
    OpenSettings settings = OpenSettings.AUTO.with("cpu", dtype).withThreads(threads);
    model = LocalModel.open(folder, settings);
  }

  LocalModel model() {
    return model;
  }

  Path folder() {
    return folder;
  }

  /** A text of so many tokens; another seed gives another text. */
  String text(int tokens, long seed) {
    List<String> words = List.of(" <q>", " <a>", " <e>");
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("<bos>");
    for (int i = 1; i < tokens; i++) {
      text.append(words.get(random.nextInt(words.size())));
    }
    return text.toString();
  }

  private static Map<String, Object> config(int layers) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", "llama");
    config.put("vocab_size", VOCABULARY);
    config.put("hidden_size", HIDDEN);
    config.put("intermediate_size", INTERMEDIATE);
    config.put("num_hidden_layers", layers);
    config.put("num_attention_heads", 9);
    config.put("num_key_value_heads", 3);
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", 100000);
    config.put("tie_word_embeddings", true);
    config.put("max_position_embeddings", 8192);
    // A token that random weights practically never choose ends a text.
    config.put("eos_token_id", VOCABULARY - 1);
    return config;
  }

  private static LinkedHashMap<String, StoredTensor> weights(int layers) {
    SplittableRandom random = new SplittableRandom(1);
    LinkedHashMap<String, StoredTensor> weights = new LinkedHashMap<>();
    weights.put("model.embed_tokens.weight", tensor(random, VOCABULARY, HIDDEN));
    for (int layer = 0; layer < layers; layer++) {
      String at = "model.layers." + layer + ".";
      weights.put(at + "input_layernorm.weight", tensor(random, HIDDEN));
      weights.put(at + "self_attn.q_proj.weight", tensor(random, HIDDEN, HIDDEN));
      weights.put(at + "self_attn.k_proj.weight", tensor(random, KEYS, HIDDEN));
      weights.put(at + "self_attn.v_proj.weight", tensor(random, KEYS, HIDDEN));
      weights.put(at + "self_attn.o_proj.weight", tensor(random, HIDDEN, HIDDEN));
      weights.put(at + "post_attention_layernorm.weight", tensor(random, HIDDEN));
      weights.put(at + "mlp.gate_proj.weight", tensor(random, INTERMEDIATE, HIDDEN));
      weights.put(at + "mlp.up_proj.weight", tensor(random, INTERMEDIATE, HIDDEN));
      weights.put(at + "mlp.down_proj.weight", tensor(random, HIDDEN, INTERMEDIATE));
    }
    weights.put("model.norm.weight", tensor(random, HIDDEN));
    return weights;
  }

  private static StoredTensor tensor(SplittableRandom random, long... shape) {
    long elements = 1;
    for (long extent : shape) {
      elements *= extent;
    }
    float[] values = new float[Math.toIntExact(elements)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.05 * (2 * random.nextDouble() - 1));
    }
    return TensorValues.store(values, shape, StoredTensor.Type.BF16);
  }

  @Override
  public void close() {
    model.close();
    scratch.close();
  }
}
