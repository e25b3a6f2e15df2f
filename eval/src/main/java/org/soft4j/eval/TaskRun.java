package org.soft4j.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.UserError;

/**
 * A task at one number of shots, put to a model.
 *
 * @param card of the task
 * @param shots number of demonstrations
 * @param items in the task's order
 */
record TaskRun(TaskCard card, int shots, List<ItemRun> items) {
  Path file(Path folder) {
    return folder.resolve(SampleFile.name(card.name(), shots));
  }

  /** Whether the samples stand in the folder, made by this model from these requests. */
  boolean finished(Path folder) {
    return Files.exists(file(folder))
        && SampleFile.read(file(folder)).stream()
            .map(ItemSample::key)
            .toList()
            .equals(items.stream().map(ItemRun::key).toList());
  }

  /** The samples in the folder with what was asked for them. */
  AnsweredTask answered(Path folder) {
    List<ItemSample> samples = SampleFile.read(file(folder));
    if (samples.size() != items.size()) {
      throw new UserError(
          "%s holds %s samples, and the task has %s items now."
              .formatted(file(folder), samples.size(), items.size()),
          "The data set has changed since; evaluate the model again.");
    }
    List<AnsweredTask.Item> answered = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      ItemRun run = items.get(i);
      ItemSample sample = samples.get(i);
      answered.add(new AnsweredTask.Item(run.item(), run.replay(sample), sample));
      run.refuseOtherGrade(sample);
    }
    return new AnsweredTask(card, shots, answered);
  }

  /** Grades finished samples again: what is right may have changed though no question has. */
  void regrade(Path folder) {
    List<ItemSample> samples = SampleFile.read(file(folder));
    List<ItemSample> graded = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      graded.add(items.get(i).regraded(samples.get(i)));
    }
    if (!graded.equals(samples)) {
      SampleFile.write(file(folder), graded);
    }
  }

  void write(Path folder) {
    SampleFile.write(file(folder), items.stream().map(ItemRun::sample).toList());
  }
}
