package org.soft4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.family.RopeScaling;
import org.soft4j.lm.family.SlidingWindow;
import org.soft4j.lm.source.ModelInspection;

/** What a model's files hold, a name and a value a line. */
record InspectionLines(ModelInspection found) {
  Map<String, String> byName() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("name", found.name());
    lines.put("sha256", found.digest());
    lines.put("parameters", number(found.parameters()));
    lines.put("tensors", joined(found.tensorTypes(), "%2$d in %1$s"));
    lines.put("vocabulary", number(found.vocabulary()));
    lines.put("stop tokens", stops());
    if (!found.appended().isEmpty()) {
      lines.put("ends texts with", found.appended() + " (left out, since every text here goes on)");
    }
    sizes(found.architecture(), lines);
    layers(found.architecture(), lines);
    if (!found.unread().isEmpty()) {
      lines.put("fields not read", String.join(", ", found.unread()));
    }
    lines.put("chat template", found.chatTemplate().orElse("none"));
    return lines;
  }

  /** What ends an answer, in the order in which training takes them, and where that is said. */
  private String stops() {
    Map<Integer, String> texts = new TreeMap<>();
    found.stopTokens().forEach((text, id) -> texts.put(id, text));
    return found.stops().reasons().entrySet().stream()
        .map(
            stop ->
                "%s (%s, by %s)"
                    .formatted(
                        texts.getOrDefault(stop.getKey(), ""), stop.getKey(), stop.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void sizes(Architecture shape, Map<String, String> lines) {
    lines.put("family", shape.family().modelType());
    lines.put("longest context", number(shape.maxPositions()) + " tokens");
    String first =
        shape.beginToken().isPresent() ? "token " + shape.beginToken().getAsInt() : "no token";
    lines.put("begins with", first);
    lines.put("embedding rows", number(shape.vocabularySize()));
    lines.put("output head", shape.tiedHead() ? "the embedding" : "of its own");
    lines.put("hidden size", number(shape.hiddenSize()));
    lines.put("feed-forward size", number(shape.intermediateSize()));
    lines.put("layers", number(shape.layers()));
    lines.put(
        "heads",
        "%s of %s, keys and values in %s"
            .formatted(shape.heads(), shape.headDimension(), shape.keyValueHeads()));
  }

  private static void layers(Architecture shape, Map<String, String> lines) {
    Norm norm = shape.kind().norm();
    String name = norm.kind() == Norm.Kind.RMS ? "RMSNorm" : "LayerNorm";
    lines.put("norm", name + ", epsilon " + norm.epsilon());
    lines.put("head norms", shape.kind().headNorms() ? "yes" : "no");
    lines.put("positions", positions(shape.kind().positions()));
    lines.put("attention window", window(shape.kind().window(), shape.layers()));
    lines.put("biases", biases(shape.kind().biases()));
    lines.put("feed-forward", shape.kind().feedForward().gated() ? "gated SiLU" : "GELU");
  }

  private static String positions(Positions positions) {
    return positions instanceof Positions.Rotary rotary
        ? "rotary, theta " + rotary.theta() + scaling(rotary.scaling())
        : "learned";
  }

  private static String scaling(RopeScaling scaling) {
    if (scaling instanceof RopeScaling.Linear linear) {
      return ", slowed by " + linear.factor();
    }
    if (scaling instanceof RopeScaling.Llama3 llama) {
      return ", slowed by %s as in Llama 3.1, from %s tokens"
          .formatted(llama.factor(), llama.original());
    }
    return scaling instanceof RopeScaling.Factors ? ", slowed by a factor per pair" : "";
  }

  private static String window(SlidingWindow window, int layers) {
    if (window.size() == 0) {
      return "none";
    }
    long with = window.inLayer().stream().filter(in -> in).count();
    return "%s tokens in %s of %s layers".formatted(window.size(), with, layers);
  }

  private static String biases(LayerKind.Biases biases) {
    List<String> where = new ArrayList<>();
    if (biases.queryKeyValue()) {
      where.add("queries, keys and values");
    }
    if (biases.output()) {
      where.add("attention's output");
    }
    if (biases.feedForward()) {
      where.add("feed-forward");
    }
    return where.isEmpty() ? "none" : String.join(", ", where);
  }

  private static String joined(Map<String, Integer> counts, String form) {
    return counts.entrySet().stream()
        .map(count -> String.format(Locale.ROOT, form, count.getKey(), count.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
