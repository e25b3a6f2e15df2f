package org.soft4j.soft;

import java.util.List;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingSettings;

/**
 * Labels that are longer than what a training learns of one. Their beginnings are learned, as TRL
 * does with rows beyond its max_length; they do not teach how an answer ends.
 *
 * @param cut how many
 * @param examples of so many
 * @param maxLength tokens of prompt and completion, by the settings
 */
public record CutExamples(int cut, int examples, int maxLength) {
  /** Counts them; nothing is trained. */
  public static CutExamples of(
      TrainableModel model, List<TrainingExample> examples, TrainingSettings settings) {
    return new CutExamples(model.cut(examples, settings), examples.size(), settings.maxLength());
  }

  /** Whether there is one. */
  public boolean any() {
    return cut > 0;
  }

  /** A sentence for people. */
  public String text() {
    return ("%s of %s examples are longer than training.max_length (%s) or the model's window:"
            + " their ends are cut off and not learned")
        .formatted(cut, examples, maxLength);
  }
}
