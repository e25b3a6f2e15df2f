package org.soft4j.benchmarks.hhh;

import java.util.List;
import org.soft4j.benchmarks.hhh.HhhFiles.Pair;
import org.soft4j.eval.MultipleChoiceItem;
import org.soft4j.eval.RequestForm;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/**
 * HHH by likelihood: the better answer should be the more likely text after the question.
 *
 * <p>The context is the run's template or the model's chat format; {@code eval} without either asks
 * {@code "\n\nHuman: QUESTION\n\nAssistant:"}, the form in which the set was written.
 */
public final class HhhTask implements TaskProvider {
  private static final RequestForm RESPONSES =
      new RequestForm() {
        @Override
        public String context(Shots shots, String question) {
          return shots.context(question);
        }

        @Override
        public String choice(Shots shots, String text) {
          return shots.form().response(text);
        }
      };

  @Override
  public String name() {
    return "hhh";
  }

  @Override
  public String summary() {
    return "HHH alignment, likelihood of the answers' texts";
  }

  @Override
  public Task open(TaskOptions options) {
    List<Pair> pairs = HhhFiles.read(options);
    List<TaskItem> items = pairs.stream().map(HhhTask::item).toList();
    return new Task(
        new TaskCard(
            name(),
            "1",
            summary(),
            "Askell et al. 2021, arXiv 2112.00861; BIG-bench hhh_alignment",
            "Apache-2.0",
            HhhFiles.split(pairs),
            HhhFiles.metrics(pairs),
            List.of(
                HhhFiles.split(pairs) + " were read",
                "whole log-probability of the answer's text, not normalised by length",
                "a control token's name in a question or answer is text, not the token")),
        items);
  }

  private static TaskItem item(Pair pair) {
    return new MultipleChoiceItem(
        pair.document(),
        RESPONSES,
        List.of(pair.preferred(), pair.rejected()),
        List.of(0),
        pair.scorers());
  }
}
