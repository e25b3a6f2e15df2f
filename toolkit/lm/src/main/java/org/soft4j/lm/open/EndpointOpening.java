package org.soft4j.lm.open;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.core.UserError;
import org.soft4j.lm.remote.ApiKey;
import org.soft4j.lm.remote.Conversation;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.remote.RemoteModel;
import org.soft4j.lm.remote.RemoteSettings;
import org.soft4j.lm.tokenizer.ChatFormat;

/**
 * Opens endpoints by their addresses, and every other model as another opener does. An endpoint
 * loads nothing native.
 *
 * @param settings bounds on calls, and how texts are sent
 * @param environment where keys are looked for
 * @param say hears that an endpoint is waited for
 * @param others opens what is no address
 */
public record EndpointOpening(
    RemoteSettings settings,
    Map<String, String> environment,
    Consumer<String> say,
    ModelOpener others)
    implements ModelOpener {
  public EndpointOpening {
    environment = Map.copyOf(environment);
  }

  @Override
  public OpenedModel open(ModelChoice choice) {
    if (!Endpoint.isAddress(choice.model())) {
      return others.open(choice);
    }
    if (!choice.equals(here(choice))) {
      throw new UserError(
          "%s is an endpoint, and --adapter, --device, --dtype, --threads and --bos are for"
                  .formatted(choice.model())
              + " models that run here.",
          "Leave them out; the server decides how its model runs.");
    }
    RemoteModel remote =
        RemoteModel.open(choice.model(), ApiKey.fromEnvironment(environment), settings, say);
    return new OpenedModel(remote, chat());
  }

  @Override
  public void require(ModelChoice choice) {
    if (!Endpoint.isAddress(choice.model())) {
      others.require(choice);
    }
  }

  /** The same model with nothing said about how it runs. */
  private static ModelChoice here(ModelChoice choice) {
    return ModelChoice.of(choice.model());
  }

  private Optional<ChatFormat> chat() {
    return settings.texts() == RemoteSettings.Texts.AS_CONVERSATIONS
        ? Optional.of(Conversation.FORMAT)
        : Optional.empty();
  }
}
