package org.soft4j.lm.open;

import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.tokenizer.ChatFormat;

/**
 * A model ready for use, with what its files say about chats.
 *
 * @param model owned by this value
 * @param chat turns a conversation, or what a user says, into the whole context, by the model's own
 *     chat template; empty where it has none
 */
public record OpenedModel(LanguageModel model, Optional<ChatFormat> chat) implements AutoCloseable {
  /**
   * The model as one that learns.
   *
   * @throws UserError if it runs elsewhere, where nothing can be trained
   */
  public TrainableModel trainable() {
    if (model instanceof TrainableModel trainable) {
      return trainable;
    }
    throw new UserError(
        "%s cannot be trained: %s."
            .formatted(model.identity().name(), model.identity().deviceReason()),
        "Name a model folder, a GGUF file, or a fetched or embedded name.");
  }

  @Override
  public void close() {
    model.close();
  }
}
