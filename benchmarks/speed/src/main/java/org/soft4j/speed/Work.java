package org.soft4j.speed;

import java.nio.file.Path;
import java.util.List;
import org.soft4j.core.Json;

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
    List<LabelInput> all = Json.readLines(labelling(), LabelInput.class);
    return all.subList(0, Math.min(count, all.size()));
  }

  List<TrainInput> examples(int count) {
    List<TrainInput> all = Json.readLines(training(), TrainInput.class);
    return all.subList(0, Math.min(count, all.size()));
  }

  /**
   * A context to be labelled: a line of labelling.jsonl.
   *
   * @param id of the prompt
   * @param context header, demonstrations and prompt, as the model sees them
   * @param seed of the draw of prompts and demonstrations
   */
  record LabelInput(String id, String context, long seed) {}

  /**
   * An example to train on: a line of training.jsonl.
   *
   * @param prompt the zero-shot context
   * @param completion what is learned
   * @param seed of the draw of examples
   */
  record TrainInput(String prompt, String completion, long seed) {}
}
