package org.soft4j.speed;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * The comparison as Markdown.
 *
 * @param all lines of one run
 * @param work where the labels of both sides stand
 * @param machine in words
 * @param commit of soft4j
 */
record Page(Comparison all, Work work, String machine, String commit) {
  private static final List<String> DTYPES = List.of("float32", "bfloat16", "int8");

  String markdown(String date) {
    StringBuilder text = new StringBuilder();
    text.append("# Speed on %s%n%n".formatted(date));
    text.append("%s. soft4j at %s.%n".formatted(machine, commit));
    text.append(
        "All sides in one run, in turns, with the same weights and inputs.%n%n".formatted());
    targets(text);
    rates(text, "labelling", "New tokens a second while labelling", "tokens_s");
    rates(text, "training", "Real tokens a second while training LoRA", "tokens_s");
    rates(text, "scoring", "Seconds for TruthfulQA mc1 and mc2", "seconds");
    bare(text);
    trials(text);
    sweep(text, date);
    agreement(text);
    versions(text);
    return text.toString();
  }

  private void targets(StringBuilder text) {
    text.append("## Targets\n\n| | wanted | measured | |\n|---|---:|---:|---|\n");
    for (Target t : Targets.of(all)) {
      text.append(
          "| %s | %s %s | %s | %s |%n"
              .formatted(
                  t.claim(),
                  t.atMost() ? "≤" : "≥",
                  number(t.wanted()),
                  number(t.reached()),
                  t.verdict()));
    }
    text.append('\n');
  }

  private void rates(StringBuilder text, String figure, String title, String value) {
    text.append(
        "## %s%n%n| side | dtype | settings | %s | GFLOP/s | matrix rate | peak MiB |%n"
            .formatted(title, value));
    text.append("|---|---|---|---:|---:|---:|---:|\n");
    for (String side : List.of("soft4j", "peer")) {
      for (Measured m : all.all(side, figure)) {
        text.append(
            "| %s | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                    side,
                    m.dtype(),
                    settings(m.settings()),
                    number(m.value(value)),
                    number(m.value("gflops")),
                    number(Targets.matrixRate(m)),
                    number(m.value("peak_mib"))));
      }
    }
    text.append('\n');
    if (figure.equals("training")) {
      losses(text);
    }
    if (figure.equals("scoring")) {
      metrics(text);
    }
  }

  private static String settings(Map<String, String> settings) {
    StringBuilder words = new StringBuilder();
    new TreeMap<>(settings)
        .forEach(
            (name, value) -> {
              if (!value.equals("False")) {
                words.append(words.isEmpty() ? "" : ", ").append(name);
                words.append(value.equals("True") ? "" : " " + value);
              }
            });
    return words.toString().replace('_', ' ');
  }

  private void losses(StringBuilder text) {
    text.append("Loss per step, nats a token:\n\n");
    for (String side : List.of("soft4j", "peer")) {
      for (Measured m : all.all(side, "training")) {
        String losses =
            String.join(
                " ", m.series().stream().map(v -> String.format(Locale.ROOT, "%.4f", v)).toList());
        text.append(
            "- %s %s (%s): %s%n".formatted(side, m.dtype(), settings(m.settings()), losses));
      }
    }
    text.append('\n');
  }

  private void metrics(StringBuilder text) {
    for (String side : List.of("soft4j", "peer")) {
      for (Measured m : all.all(side, "scoring")) {
        text.append(
            String.format(
                Locale.ROOT,
                "- %s %s: mc1 %.4f, mc2 %.6f; %.0f requests, %.0f tokens, whole process %.1f s%s%n",
                side,
                m.dtype(),
                m.value("mc1"),
                m.value("mc2"),
                m.value("requests"),
                m.value("tokens"),
                m.value("process_seconds"),
                side.equals("peer")
                    ? ""
                    : String.format(
                        Locale.ROOT,
                        ", %.0f positions computed of a tree with %.0f nodes",
                        m.value("computed_positions"),
                        m.value("tree_nodes"))));
      }
    }
    text.append('\n');
  }

  private void bare(StringBuilder text) {
    text.append(
        """
        ## Bare rates of soft4j beside the limits of its process

        | dtype | prefill positions/s | GFLOP/s | matrix rate at the model's shapes | at 2048 | decode ms | GB/s | read GB/s | triad GB/s | peak MiB |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """);
    for (Measured m : all.all("soft4j", "rates")) {
      text.append("| ").append(m.dtype());
      for (String value :
          List.of(
              "prefill_positions_s",
              "prefill_gflops",
              "limit_gflops_model",
              "limit_gflops_square",
              "decode_ms",
              "decode_gb_s",
              "limit_read_gb_s",
              "limit_triad_gb_s",
              "peak_mib")) {
        text.append(" | ").append(number(m.value(value)));
      }
      text.append(" |\n");
    }
    text.append('\n');
    for (Measured m : all.all("soft4j", "first-token")) {
      text.append(
          String.format(
              Locale.ROOT,
              "Start to the micro model's first token, whole process: median %.2f s (%.2f to %.2f).%n%n",
              m.value("seconds"),
              m.value("best_seconds"),
              m.value("worst_seconds")));
    }
  }

  private void trials(StringBuilder text) {
    List<Measured> trials =
        all.measured().stream().filter(m -> m.figure().endsWith("-choice")).toList();
    if (trials.isEmpty()) {
      return;
    }
    text.append("## Trials by which the peers' settings were chosen\n\n");
    text.append("| figure | dtype | settings | tokens a second | seconds | peak MiB |\n");
    text.append("|---|---|---|---:|---:|---:|\n");
    for (Measured m : trials) {
      text.append(
          "| %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  m.figure().replace("-choice", ""),
                  m.dtype(),
                  settings(m.settings()),
                  number(m.value("tokens_s")),
                  number(m.value("seconds")),
                  number(m.value("peak_mib"))));
    }
    text.append('\n');
  }

  private void sweep(StringBuilder text, String date) {
    for (Measured m : all.all("soft4j", "sweep")) {
      text.append("## Cost against size\n\n![cost against size](%s-cost.png)%n%n".formatted(date));
      for (String what : List.of("prompts", "rounds")) {
        double[][] points = SweepFigure.points(m, what + "_");
        text.append("| %s | seconds | seconds each |%n|---:|---:|---:|%n".formatted(what));
        for (int i = 0; i < points[0].length; i++) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "| %.0f | %.2f | %.3f |%n",
                  points[0][i],
                  points[1][i],
                  points[1][i] / points[0][i]));
        }
        SimpleRegression fit = SweepFigure.fit(m, what + "_");
        text.append(
            String.format(
                Locale.ROOT,
                "%nA straight line, %.2f s + %.3f s each, explains %.4f of the variance.%n%n",
                fit.getIntercept(),
                fit.getSlope(),
                fit.getRSquare()));
      }
    }
  }

  private void agreement(StringBuilder text) {
    StringBuilder lines = new StringBuilder();
    for (String dtype : DTYPES) {
      lines.append(agreement("soft4j", dtype, "peer", dtype));
    }
    lines.append(agreement("soft4j", "bfloat16", "soft4j", "float32"));
    lines.append(agreement("soft4j", "int8", "soft4j", "float32"));
    for (Measured m : all.all("soft4j", "quality")) {
      m.values().entrySet().stream()
          .filter(e -> e.getKey().startsWith("perplexity_"))
          .forEach(e -> lines.append(perplexity(e.getKey(), e.getValue())));
    }
    if (!lines.isEmpty()) {
      text.append("## Do they write the same?\n\n").append(lines).append('\n');
    }
  }

  private String agreement(String side, String dtype, String otherSide, String otherDtype) {
    var one = work.labels(side, dtype);
    var other = work.labels(otherSide, otherDtype);
    if (!Files.exists(one) || !Files.exists(other)) {
      return "";
    }
    return "- %s %s and %s %s: %s%n"
        .formatted(side, dtype, otherSide, otherDtype, Agreement.of(one, other).words());
  }

  private static String perplexity(String name, double value) {
    return String.format(
        Locale.ROOT,
        "- labels of soft4j %s: perplexity %.4f a token under the fp32 model%n",
        name.substring("perplexity_".length()),
        value);
  }

  private void versions(StringBuilder text) {
    text.append("## Versions\n\n");
    for (String side : List.of("soft4j", "peer")) {
      all.measured().stream()
          .filter(m -> m.side().equals(side))
          .findFirst()
          .ifPresent(
              m ->
                  text.append(
                      "- %s, %s threads: %s%n"
                          .formatted(side, m.threads(), new TreeMap<>(m.versions()))));
    }
  }

  /** Three digits are what these measurements are worth. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    double size = Math.abs(value);
    int decimals =
        size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : size >= 0.001 ? 4 : 6;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
