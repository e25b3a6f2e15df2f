package org.soft4j.lm.local;

import java.util.HashMap;
import java.util.Map;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.layer.LayerScript;

/** The Llama decoder in double loops, slow and obvious: the oracle of the tests. */
final class ReferenceDecoder {
  private final Architecture shape;
  private final Map<String, float[]> weights = new HashMap<>();

  ReferenceDecoder(Architecture shape, WeightSource source) {
    this.shape = shape;
    source.names().forEach(name -> weights.put(name, TensorValues.read(source.read(name))));
  }

  /** Log-probabilities of every token after each input; [length][vocabulary]. */
  double[][] logProbabilities(int[] tokens) {
    int length = tokens.length;
    double[][] x = new double[length][shape.hiddenSize()];
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < shape.hiddenSize(); i++) {
        x[t][i] = w("model.embed_tokens")[tokens[t] * shape.hiddenSize() + i];
      }
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      attend(x, "model.layers." + layer + ".");
      feed(x, "model.layers." + layer + ".");
    }
    String head = shape.tiedHead() ? "model.embed_tokens" : "lm_head";
    double[][] result = new double[length][];
    for (int t = 0; t < length; t++) {
      result[t] = logSoftmax(times(head, norm(x[t], "model.norm"), shape.vocabularySize()));
    }
    return result;
  }

  private void attend(double[][] x, String layer) {
    int width = shape.headDimension();
    int group = shape.heads() / shape.keyValueHeads();
    double[][] q = new double[x.length][];
    double[][] k = new double[x.length][];
    double[][] v = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] h = norm(x[t], layer + "input_layernorm");
      q[t] = rotate(times(layer + "self_attn.q_proj", h, shape.heads() * width), t);
      k[t] = rotate(times(layer + "self_attn.k_proj", h, shape.keyValueHeads() * width), t);
      v[t] = times(layer + "self_attn.v_proj", h, shape.keyValueHeads() * width);
    }
    for (int t = 0; t < x.length; t++) {
      double[] mixed = new double[shape.heads() * width];
      for (int head = 0; head < shape.heads(); head++) {
        double[] scores = new double[t + 1];
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < width; i++) {
            scores[s] += q[t][head * width + i] * k[s][head / group * width + i];
          }
          scores[s] /= Math.sqrt(width);
        }
        double[] share = logSoftmax(scores);
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < width; i++) {
            mixed[head * width + i] += Math.exp(share[s]) * v[s][head / group * width + i];
          }
        }
      }
      add(x[t], times(layer + "self_attn.o_proj", mixed, shape.hiddenSize()));
    }
  }

  private void feed(double[][] x, String layer) {
    for (double[] row : x) {
      double[] h = norm(row, layer + "post_attention_layernorm");
      double[] gate = times(layer + "mlp.gate_proj", h, shape.intermediateSize());
      double[] up = times(layer + "mlp.up_proj", h, shape.intermediateSize());
      for (int i = 0; i < gate.length; i++) {
        up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
      }
      add(row, times(layer + "mlp.down_proj", up, shape.hiddenSize()));
    }
  }

  private double[] rotate(double[] heads, int position) {
    int width = shape.headDimension();
    float[] frequencies = LayerScript.frequencies(shape);
    double[] turned = new double[heads.length];
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

  private double[] norm(double[] x, String name) {
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double scale = 1 / Math.sqrt(squares / x.length + shape.kind().norm().epsilon());
    double[] y = new double[x.length];
    float[] w = w(name);
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * scale * w[i];
    }
    return y;
  }

  private double[] times(String name, double[] x, int outputs) {
    double[] y = new double[outputs];
    float[] w = w(name);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += w[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] logSoftmax(double[] x) {
    double max = java.util.Arrays.stream(x).max().getAsDouble();
    double sum = java.util.Arrays.stream(x).map(v -> Math.exp(v - max)).sum();
    return java.util.Arrays.stream(x).map(v -> v - max - Math.log(sum)).toArray();
  }

  private static void add(double[] into, double[] values) {
    for (int i = 0; i < into.length; i++) {
      into[i] += values[i];
    }
  }

  private float[] w(String name) {
    return weights.get(name + ".weight");
  }
}
