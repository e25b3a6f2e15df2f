package org.soft4j.lm.open;

import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.tokenizer.ChatFormat;

/**
 * A model ready for use, with what its files say about chats.
 *
 * @param model closed with this value, unless it is lent
 * @param chat turns a conversation, or what a user says, into the whole context, by the model's own
 *     chat template; empty where it has none
 * @param lent whether the model stays open, since whoever lends it closes it
 */
public record OpenedModel(LanguageModel model, Optional<ChatFormat> chat, boolean lent)
    implements AutoCloseable {
  /** A model that is closed with this value. */
  public OpenedModel(LanguageModel model, Optional<ChatFormat> chat) {
    this(model, chat, false);
  }

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

  /** How prompts are put to it; of use as long as it is open. */
  public PromptFacts promptFacts() {
    return new PromptFacts(
        model.identity().name(),
        chat,
        model.inProcess() instanceof LocalModel local
            ? Optional.of(local.source())
            : Optional.empty());
  }

  @Override
  public void close() {
    if (!lent) {
      model.close();
    }
  }
}
