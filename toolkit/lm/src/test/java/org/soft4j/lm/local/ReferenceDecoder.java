package org.soft4j.lm.local;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.family.RopeScaling;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.files.WeightSource;

/** Every family's decoder in double loops, slow and obvious: the oracle of the tests. */
final class ReferenceDecoder {
  private final Architecture shape;
  private final Names names;
  private final Map<String, float[]> weights = new HashMap<>();

  /** How the two styles name what they share. */
  private record Names(
      String embedding,
      String layer,
      String norm1,
      String out,
      String norm2,
      String up,
      String down,
      String last) {
    static final Names LLAMA =
        new Names(
            "model.embed_tokens",
            "model.layers.",
            "input_layernorm",
            "self_attn.o_proj",
            "post_attention_layernorm",
            "mlp.up_proj",
            "mlp.down_proj",
            "model.norm");
    static final Names GPT2 =
        new Names(
            "transformer.wte",
            "transformer.h.",
            "ln_1",
            "attn.c_proj",
            "ln_2",
            "mlp.c_fc",
            "mlp.c_proj",
            "transformer.ln_f");
  }

  ReferenceDecoder(Architecture shape, WeightSource source) {
    this.shape = shape;
    names = source.names().contains("transformer.wte.weight") ? Names.GPT2 : Names.LLAMA;
    source.names().forEach(name -> weights.put(name, TensorValues.read(source.read(name))));
  }

  /** Log-probabilities of every token after each input; [length][vocabulary]. */
  double[][] logProbabilities(int[] tokens) {
    int hidden = shape.hiddenSize();
    double[][] x = new double[tokens.length][hidden];
    for (int t = 0; t < tokens.length; t++) {
      for (int i = 0; i < hidden; i++) {
        x[t][i] = weight(names.embedding)[tokens[t] * hidden + i];
        if (shape.kind().positions() instanceof Positions.Learned) {
          x[t][i] += weight("transformer.wpe")[t * hidden + i];
        }
      }
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      attend(x, layer);
      feed(x, names.layer + layer + ".");
    }
    float[] head = weight(shape.tiedHead() ? names.embedding : "lm_head");
    double[][] result = new double[tokens.length][shape.vocabularySize()];
    for (int t = 0; t < tokens.length; t++) {
      double[] h = norm(x[t], names.last);
      for (int token = 0; token < shape.vocabularySize(); token++) {
        for (int i = 0; i < hidden; i++) {
          result[t][token] += head[token * hidden + i] * h[i];
        }
      }
      result[t] = logSoftmax(result[t]);
    }
    return result;
  }

  private void attend(double[][] x, int layer) {
    String prefix = names.layer + layer + ".";
    int width = shape.headDimension();
    int group = shape.heads() / shape.keyValueHeads();
    double[][][] qkv = new double[x.length][][];
    for (int t = 0; t < x.length; t++) {
      qkv[t] = queryKeyValue(norm(x[t], prefix + names.norm1), prefix, t);
    }
    for (int t = 0; t < x.length; t++) {
      int first =
          shape.kind().window().in(layer) ? Math.max(0, t - shape.kind().window().size() + 1) : 0;
      double[] mixed = new double[shape.heads() * width];
      for (int head = 0; head < shape.heads(); head++) {
        double[] scores = new double[t + 1 - first];
        for (int s = first; s <= t; s++) {
          for (int i = 0; i < width; i++) {
            scores[s - first] += qkv[t][0][head * width + i] * qkv[s][1][head / group * width + i];
          }
          scores[s - first] /= Math.sqrt(width);
        }
        double[] share = logSoftmax(scores);
        for (int s = first; s <= t; s++) {
          for (int i = 0; i < width; i++) {
            mixed[head * width + i] +=
                Math.exp(share[s - first]) * qkv[s][2][head / group * width + i];
          }
        }
      }
      add(x[t], linear(prefix + names.out, mixed, shape.hiddenSize()));
    }
  }

  private double[][] queryKeyValue(double[] h, String prefix, int position) {
    int queries = shape.heads() * shape.headDimension();
    int keys = shape.keyValueHeads() * shape.headDimension();
    if (names == Names.GPT2) {
      double[] all = linear(prefix + "attn.c_attn", h, 3 * queries);
      return new double[][] {
        Arrays.copyOfRange(all, 0, queries),
        Arrays.copyOfRange(all, queries, 2 * queries),
        Arrays.copyOfRange(all, 2 * queries, 3 * queries)
      };
    }
    double[] q = linear(prefix + "self_attn.q_proj", h, queries);
    double[] k = linear(prefix + "self_attn.k_proj", h, keys);
    if (shape.kind().headNorms()) {
      q = normHeads(q, prefix + "self_attn.q_norm");
      k = normHeads(k, prefix + "self_attn.k_norm");
    }
    double[] v = linear(prefix + "self_attn.v_proj", h, keys);
    return new double[][] {rotate(q, position), rotate(k, position), v};
  }

  private void feed(double[][] x, String prefix) {
    for (double[] row : x) {
      double[] h = norm(row, prefix + names.norm2);
      double[] up = linear(prefix + names.up, h, shape.intermediateSize());
      if (shape.kind().feedForward() == LayerKind.FeedForward.GATED_SILU) {
        double[] gate = linear(prefix + "mlp.gate_proj", h, shape.intermediateSize());
        for (int i = 0; i < gate.length; i++) {
          up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
        }
      } else {
        for (int i = 0; i < up.length; i++) {
          double inner = Math.sqrt(2 / Math.PI) * (up[i] + 0.044715 * Math.pow(up[i], 3));
          up[i] *= 0.5 * (1 + Math.tanh(inner));
        }
      }
      add(row, linear(prefix + names.down, up, shape.hiddenSize()));
    }
  }

  private double[] rotate(double[] heads, int position) {
    int width = shape.headDimension();
    double[] turned = new double[heads.length];
    double[] frequencies = IntStream.range(0, width / 2).mapToDouble(this::frequency).toArray();
    for (int start = 0; start < heads.length; start += width) {
      for (int i = 0; i < width / 2; i++) {
        double angle = position * frequencies[i];
        double a = heads[start + i];
        double b = heads[start + i + width / 2];
        turned[start + i] = a * Math.cos(angle) - b * Math.sin(angle);
        turned[start + i + width / 2] = b * Math.cos(angle) + a * Math.sin(angle);
      }
    }
    return turned;
  }

  private double frequency(int pair) {
    Positions.Rotary rotary = (Positions.Rotary) shape.kind().positions();
    double plain = Math.pow(rotary.theta(), -2.0 * pair / shape.headDimension());
    if (rotary.scaling() instanceof RopeScaling.Linear linear) {
      return plain / linear.factor();
    }
    if (!(rotary.scaling() instanceof RopeScaling.Llama3 rule)) {
      return plain;
    }
    double wave = 2 * Math.PI / plain;
    if (wave < rule.original() / rule.highFactor()) {
      return plain;
    }
    if (wave > rule.original() / rule.lowFactor()) {
      return plain / rule.factor();
    }
    double smooth =
        (rule.original() / wave - rule.lowFactor()) / (rule.highFactor() - rule.lowFactor());
    return (1 - smooth) * plain / rule.factor() + smooth * plain;
  }

  private double[] normHeads(double[] heads, String name) {
    int width = shape.headDimension();
    double[] y = new double[heads.length];
    for (int start = 0; start < heads.length; start += width) {
      double[] head = norm(Arrays.copyOfRange(heads, start, start + width), name);
      System.arraycopy(head, 0, y, start, width);
    }
    return y;
  }

  private double[] norm(double[] x, String name) {
    boolean centred = shape.kind().norm().kind() == Norm.Kind.LAYER;
    double mean = centred ? Arrays.stream(x).average().getAsDouble() : 0;
    double squares = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
    double scale = 1 / Math.sqrt(squares / x.length + shape.kind().norm().epsilon());
    double[] y = new double[x.length];
    float[] w = weight(name);
    for (int i = 0; i < x.length; i++) {
      y[i] = (x[i] - mean) * scale * w[i] + (centred ? weights.get(name + ".bias")[i] : 0);
    }
    return y;
  }

  /** W x + b; GPT-2 stores W as [inputs, outputs]. */
  private double[] linear(String name, double[] x, int outputs) {
    double[] y = new double[outputs];
    float[] w = weight(name);
    float[] bias = weights.getOrDefault(name + ".bias", new float[outputs]);
    for (int o = 0; o < outputs; o++) {
      y[o] = bias[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += w[names == Names.GPT2 ? i * outputs + o : o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] logSoftmax(double[] x) {
    double max = Arrays.stream(x).max().getAsDouble();
    double sum = Arrays.stream(x).map(v -> Math.exp(v - max)).sum();
    return Arrays.stream(x).map(v -> v - max - Math.log(sum)).toArray();
  }

  private static void add(double[] into, double[] values) {
    for (int i = 0; i < into.length; i++) {
      into[i] += values[i];
    }
  }

  private float[] weight(String name) {
    return weights.get(name + ".weight");
  }
}
