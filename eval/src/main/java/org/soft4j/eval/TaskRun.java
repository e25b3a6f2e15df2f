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
 * @param interviews one per item, in order
 */
record TaskRun(TaskCard card, int shots, List<ItemRun> interviews) {
  Path file(Path folder) {
    return folder.resolve(SampleFile.name(card.name(), shots));
  }

  /** Whether the samples stand in the folder, made by this model from these requests. */
  boolean finished(Path folder) {
    return Files.exists(file(folder))
        && SampleFile.read(file(folder)).stream()
            .map(ItemSample::key)
            .toList()
            .equals(interviews.stream().map(ItemRun::key).toList());
  }

  /** The samples in the folder with what was asked for them. */
  AnsweredTask recall(Path folder) {
    List<ItemSample> samples = SampleFile.read(file(folder));
    if (samples.size() != interviews.size()) {
      throw new UserError(
          "%s holds %s samples, and the task has %s items now."
              .formatted(file(folder), samples.size(), interviews.size()),
          "The data set has changed since; evaluate the model again.");
    }
    List<AnsweredTask.Item> items = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      ItemRun interview = interviews.get(i);
      ItemSample sample = samples.get(i);
      items.add(new AnsweredTask.Item(interview.item(), interview.replay(sample), sample));
      interview.refuseOtherGrade(sample);
    }
    return new AnsweredTask(card, shots, items);
  }

  /** Grades finished samples again: what is right may have changed though no question has. */
  void regrade(Path folder) {
    List<ItemSample> samples = SampleFile.read(file(folder));
    List<ItemSample> graded = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      graded.add(interviews.get(i).regraded(samples.get(i)));
    }
    if (!graded.equals(samples)) {
      SampleFile.write(file(folder), graded);
    }
  }

  void write(Path folder) {
    SampleFile.write(file(folder), interviews.stream().map(ItemRun::sample).toList());
  }
}
