package org.soft4j.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.speed.machine.ModelShape;
import org.soft4j.speed.machine.Operations;
import org.soft4j.speed.machine.PrefixCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Labels every context with as many new tokens as asked for, greedily. */
@Command(name = "labelling", description = "New tokens a second while labelling.")
final class LabellingCommand implements Callable<Integer> {
  @Mixin private Opening opening;

  @Option(names = "--prompts", defaultValue = "32")
  private int prompts;

  @Option(names = "--new-tokens", defaultValue = "128")
  private int newTokens;

  @Override
  public Integer call() {
    Work work = opening.work();
    List<Work.LabelInput> inputs = work.contexts(prompts);
    try (LocalModel model = opening.open(work.endlessModel())) {
      model.generate(requests(inputs.subList(0, 1), 2)); // pages the weights in
      long before = model.computedPositions();
      long start = System.nanoTime();
      List<Generation> labels = model.generate(requests(inputs, newTokens));
      double seconds = (System.nanoTime() - start) / 1e9;
      long computed = model.computedPositions() - before;
      WholeFile.write(work.labels("soft4j", opening.dtype()), Json.lines(texts(inputs, labels)));
      opening.write(
          "labelling",
          model,
          values(model, inputs, labels, computed, seconds),
          List.of(),
          Map.of("prompts", "" + inputs.size(), "new_tokens", "" + newTokens));
    }
    return 0;
  }

  private static List<GenerationRequest> requests(List<Work.LabelInput> inputs, int tokens) {
    return inputs.stream()
        .map(i -> new GenerationRequest(i.context(), Sampling.GREEDY, tokens, List.of(), 0))
        .toList();
  }

  private static List<Map<String, String>> texts(
      List<Work.LabelInput> inputs, List<Generation> labels) {
    List<Map<String, String>> texts = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      texts.add(Map.of("id", inputs.get(i).id(), "text", labels.get(i).text()));
    }
    return texts;
  }

  private static Map<String, Double> values(
      LocalModel model,
      List<Work.LabelInput> inputs,
      List<Generation> labels,
      long computed,
      double seconds) {
    List<int[]> contexts =
        inputs.stream().map(i -> model.source().tokenizer().encode(i.context())).toList();
    // A context's last token is no node of the prefill: it is fed by the first decoding step.
    PrefixCount tree =
        PrefixCount.of(contexts.stream().map(c -> Arrays.copyOf(c, c.length - 1)).toList());
    long written = 0;
    long attended = tree.attended();
    for (int i = 0; i < labels.size(); i++) {
      int tokens = labels.get(i).tokens();
      int length = contexts.get(i).length - 1;
      written += tokens;
      attended += Operations.attended(length + tokens) - Operations.attended(length);
    }
    Operations count = new Operations(ModelShape.of(model.source().architecture()));
    double operations =
        count.forward(tree.nodes() + written, attended, written)
            - count.lastOutputs(tree.nodes(), tree.attended());
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("tokens_s", written / seconds);
    values.put("seconds", seconds);
    values.put("new_tokens", (double) written);
    values.put("context_tokens", (double) tree.tokens());
    values.put("shared_tokens", (double) tree.shared());
    values.put("tree_nodes", (double) tree.nodes());
    values.put("computed_positions", (double) computed);
    values.put("gflops", operations / seconds / 1e9);
    return values;
  }
}
