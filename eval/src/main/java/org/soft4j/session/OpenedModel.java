package org.soft4j.session;

import java.util.Optional;
import org.soft4j.eval.ContextForm;
import org.soft4j.lm.TrainableModel;

/**
 * A model ready for use, with what its files say about chats.
 *
 * @param model owned by this value
 * @param chat writes a conversation as the whole context, by the model's own chat template; empty
 *     where it has none
 */
public record OpenedModel(TrainableModel model, Optional<ContextForm> chat)
    implements AutoCloseable {
  @Override
  public void close() {
    model.close();
  }
}
