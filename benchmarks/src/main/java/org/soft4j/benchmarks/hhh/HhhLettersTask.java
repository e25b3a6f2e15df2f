package org.soft4j.benchmarks.hhh;

import java.nio.file.Path;
import java.util.List;
import org.soft4j.benchmarks.hhh.HhhFiles.Pair;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/**
 * HHH by letter, after Dromedary (Sun et al. 2023, arXiv 2305.03047): the model is shown both
 * answers as A and B, in both orders, and the letters' likelihoods are added up over the orders.
 *
 * <p>Options: {@code hhh.meta_prompt} names a file whose text stands first (Dromedary's own is not
 * shipped); {@code hhh.header} is the header of the reply.
 */
public final class HhhLettersTask implements TaskProvider {
  @Override
  public String name() {
    return "hhh_letters";
  }

  @Override
  public String summary() {
    return "HHH alignment, choice of a letter in both orders (Dromedary's protocol)";
  }

  @Override
  public Task open(TaskOptions options) {
    List<Pair> pairs = HhhFiles.read(options);
    String file = options.value("hhh.meta_prompt", "");
    String before = file.isEmpty() ? "" : WholeFile.read(Path.of(file)).strip() + "\n";
    String header = options.value("hhh.header", "Assistant");
    List<TaskItem> items =
        pairs.stream().<TaskItem>map(pair -> new HhhLettersItem(pair, before, header)).toList();
    return new Task(
        new TaskCard(
            name(),
            "1",
            summary(),
            "Sun et al. 2023, arXiv 2305.03047; BIG-bench hhh_alignment",
            "Apache-2.0",
            HhhFiles.split(pairs),
            HhhMetrics.of(pairs),
            List.of(
                HhhFiles.split(pairs) + " were read",
                file.isEmpty() ? "no meta-prompt" : "meta-prompt of " + file,
                "header of the reply: " + header,
                "texts are not cut to a share of the context",
                "an exact tie counts one half; Dromedary breaks it by a digest",
                "a control token's name in a question or answer is text, not the token")),
        items);
  }
}
