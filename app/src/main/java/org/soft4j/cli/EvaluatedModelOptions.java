package org.soft4j.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.EndpointOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.remote.RemoteSettings;
import org.soft4j.lm.remote.RemoteSettings.Texts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a model that is evaluated, here or behind an endpoint. */
final class EvaluatedModelOptions {
  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "Which of an endpoint's models, where its address does not say so.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--apply-chat-template",
      description =
          "Write everything in the model's chat format. At an endpoint, answers are asked for as"
              + " chat messages anyway, and texts that are scored stand without.")
  private boolean chat;

  @Option(
      names = "--plain-texts",
      description =
          "Endpoint: send texts as they are (/completions) rather than as chat messages, for"
              + " models that know no chat.")
  private boolean plain;

  @Mixin private EndpointOptions endpoint;

  /** The model with its name at an endpoint; none at all is a UserError. */
  ModelChoice named(ModelChoice choice) {
    if (choice.model().isEmpty()) {
      throw new UserError(
          "No model is given.",
          "Name one with --model: a folder, a GGUF file, a fetched or embedded name, or"
              + " an endpoint's address.");
    }
    return name.map(n -> choice.withModel(named(choice.model(), n))).orElse(choice);
  }

  private static String named(String address, String name) {
    if (!Endpoint.isAddress(address)) {
      throw new UserError(
          "--model-name is for endpoints, and %s is none.".formatted(address),
          "Leave it out; --model says all.");
    }
    if (Endpoint.parse(address).model().isPresent()) {
      throw new UserError(
          "The model is named twice, by %s and by --model-name %s.".formatted(address, name),
          "Leave one of them out.");
    }
    return address + "#" + name;
  }

  /** Whether answers are asked for in a chat. */
  boolean chat(ModelChoice choice) {
    boolean remote = Endpoint.isAddress(choice.model());
    if (plain && !remote) {
      throw new UserError(
          "--plain-texts is for endpoints, and %s is none.".formatted(choice.model()),
          "Leave it out; texts are plain unless --apply-chat-template is given.");
    }
    if (plain && chat) {
      throw new UserError(
          "--plain-texts and --apply-chat-template exclude each other.", "Leave one of them out.");
    }
    return remote ? !plain : chat;
  }

  ModelOpener opener(ModelOpener others, Consumer<String> say) {
    RemoteSettings settings =
        endpoint.settings().withTexts(plain ? Texts.AS_THEY_ARE : Texts.AS_CONVERSATIONS);
    return new EndpointOpening(settings, System.getenv(), say, others);
  }
}
