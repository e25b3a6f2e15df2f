package org.soft4j.speed;

import java.nio.file.Path;
import java.util.List;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;

/**
 * The folder that all sides read: model folders, inputs, what was written.
 *
 * @param folder made by {@code run}
 */
record Work(Path folder) {
  /** The real model, with its stop token. */
  Path model() {
    return folder.resolve("model").resolve("weights");
  }

  /** The same weights with a stop token that is never written. */
  Path endlessModel() {
    return folder.resolve("model").resolve("endless");
  }

  Path labelling() {
    return folder.resolve("labelling.jsonl");
  }

  Path training() {
    return folder.resolve("training.jsonl");
  }

  /** The adapter that both trainings start from. */
  Path firstAdapter() {
    return folder.resolve("first-adapter");
  }

  /** Labels as one side wrote them, {@code {"id", "text"}} a line. */
  Path labels(String side, String dtype) {
    return folder.resolve("labels-%s-%s.jsonl".formatted(side, dtype));
  }

  Path results() {
    return folder.resolve("results.jsonl");
  }

  List<LabelInput> contexts(int count) {
    List<LabelInput> all =
        Json.readLines(RunFolder.read(labelling()), LabelInput.class, labelling().toString());
    return all.subList(0, Math.min(count, all.size()));
  }

  List<TrainInput> examples(int count) {
    List<TrainInput> all =
        Json.readLines(RunFolder.read(training()), TrainInput.class, training().toString());
    return all.subList(0, Math.min(count, all.size()));
  }
}
