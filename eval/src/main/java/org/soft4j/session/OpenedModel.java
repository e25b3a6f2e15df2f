package org.soft4j.session;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.lm.TrainableModel;

/**
 * A model ready for use, with what its files say about chats.
 *
 * @param model owned by this value
 * @param chat turns what a user says into the whole context, by the model's own chat template;
 *     empty where it has none
 */
public record OpenedModel(TrainableModel model, Optional<UnaryOperator<String>> chat)
    implements AutoCloseable {
  @Override
  public void close() {
    model.close();
  }
}
