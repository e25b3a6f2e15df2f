package org.soft4j.lm.open;

import java.util.Optional;
import org.soft4j.core.UserError;

/** Opens models; tests and endpoints put their own in the place of the local one. */
@FunctionalInterface
public interface ModelOpener {
  /** Opens a model; the caller closes it. */
  OpenedModel open(ModelChoice choice);

  /**
   * Refuses a model whose files are not there, before anything else is looked at; opens nothing.
   *
   * @throws UserError that tells how to get it
   */
  default void require(ModelChoice choice) {}

  /** What can be told of a model without opening it; empty where that takes opening it. */
  default Optional<Unopened> look(ModelChoice choice) {
    return Optional.empty();
  }

  /**
   * A model that is not opened, as it would be.
   *
   * @param name as {@link org.soft4j.lm.ModelIdentity} has it, like the two below
   * @param digest over its files and its adapter's
   * @param dtype number format of its weights
   * @param chats whether its files hold a chat template
   */
  record Unopened(String name, String digest, String dtype, boolean chats) {}
}
