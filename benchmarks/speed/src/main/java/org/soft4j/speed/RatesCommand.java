package org.soft4j.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.speed.machine.ModelShape;
import org.soft4j.speed.machine.Operations;
import org.soft4j.speed.machine.PrefixCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The two bare rates. Prefill: contexts are scored for one token each, so that next to nothing but
 * the prefix tree is computed. Decoding: one sequence is continued, and the time of its first token
 * is taken off.
 */
@Command(name = "rates", description = "Prefill against the matrix rate, decoding against memory.")
final class RatesCommand implements Callable<Integer> {
  private static final int ATTEMPTS = 3;

  @Mixin private Opening opening;

  @Option(names = "--prompts", defaultValue = "4", description = "Contexts of the prefill.")
  private int prompts;

  @Option(names = "--new-tokens", defaultValue = "64", description = "Decoded of one sequence.")
  private int newTokens;

  @Override
  public Integer call() {
    try (LocalModel model = opening.open(opening.work().endlessModel())) {
      List<Work.LabelInput> inputs = opening.work().contexts(prompts);
      Map<String, Double> values = new LinkedHashMap<>();
      values.putAll(prefill(model, inputs));
      values.putAll(decoding(model, inputs.get(0).context()));
      opening.write("rates", model, values, List.of(), Map.of("prompts", "" + inputs.size()));
    }
    return 0;
  }

  private Map<String, Double> prefill(LocalModel model, List<Work.LabelInput> inputs) {
    List<ScoreRequest> requests =
        inputs.stream().map(i -> new ScoreRequest(i.context(), "The")).toList();
    model.score(requests.subList(0, 1)); // pages the weights in
    double best = Double.MAX_VALUE;
    long computed = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long before = model.computedPositions();
      best = Math.min(best, seconds(() -> model.score(requests)));
      computed = model.computedPositions() - before;
    }
    List<int[]> fed = new ArrayList<>();
    inputs.forEach(i -> fed.add(model.source().tokenizer().encode(i.context())));
    PrefixCount tree = PrefixCount.of(fed);
    Operations count = new Operations(ModelShape.of(model.source().architecture()));
    double operations = count.forward(tree.nodes(), tree.attended(), inputs.size());
    return Map.of(
        "prefill_positions",
        (double) computed,
        "prefill_tree_nodes",
        (double) tree.nodes(),
        "prefill_positions_s",
        computed / best,
        "prefill_gflops",
        operations / best / 1e9);
  }

  private Map<String, Double> decoding(LocalModel model, String context) {
    double best = Double.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double first = seconds(() -> generate(model, context, 1));
      double all = seconds(() -> generate(model, context, newTokens + 1));
      best = Math.min(best, all - first);
    }
    double step = best / newTokens;
    long middle = model.source().tokenizer().encode(context).length + newTokens / 2;
    // int8 weights have a byte each; the cache then stays in fp32.
    int bytes = Map.of("float32", 4, "bfloat16", 2).getOrDefault(opening.dtype(), 1);
    double read =
        new Operations(ModelShape.of(model.source().architecture()))
            .bytesPerStep(bytes, bytes == 2 ? 2 : 4, middle);
    return Map.of(
        "decode_tokens_s", 1 / step,
        "decode_ms", step * 1e3,
        "decode_gb_s", read / step / 1e9);
  }

  private static void generate(LocalModel model, String context, int tokens) {
    model.generate(List.of(new GenerationRequest(context, Sampling.GREEDY, tokens, List.of(), 0)));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
