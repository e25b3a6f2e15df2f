package org.soft4j.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A task at one number of shots, put to a model.
 *
 * @param card of the task
 * @param shots number of demonstrations
 * @param interviews one per item, in order
 */
record Sitting(TaskCard card, int shots, List<Interview> interviews) {
  Path file(Path folder) {
    return folder.resolve(SampleFile.name(card.name(), shots));
  }

  /** Whether the samples stand in the folder, made by this model from these requests. */
  boolean finished(Path folder) {
    return Files.exists(file(folder))
        && SampleFile.read(file(folder)).stream()
            .map(ItemSample::key)
            .toList()
            .equals(interviews.stream().map(Interview::key).toList());
  }

  void write(Path folder) {
    SampleFile.write(file(folder), interviews.stream().map(Interview::sample).toList());
  }
}
