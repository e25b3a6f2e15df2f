package org.soft4j.session;

import java.util.Optional;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.text.ChatFormat;

/**
 * A model ready for use, with what its files say about chats.
 *
 * @param model owned by this value
 * @param chat turns a conversation, or what a user says, into the whole context, by the model's own
 *     chat template; empty where it has none
 */
public record OpenedModel(TrainableModel model, Optional<ChatFormat> chat)
    implements AutoCloseable {
  @Override
  public void close() {
    model.close();
  }
}
