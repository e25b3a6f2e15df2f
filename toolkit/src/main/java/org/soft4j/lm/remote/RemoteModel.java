package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.soft4j.error.UserError;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.FiniteResults;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.text.ChatMessage;
import org.soft4j.lm.text.UserText;
import org.soft4j.run.Provenance;

/**
 * A model behind an OpenAI-compatible endpoint. Calls run side by side; each result reaches the
 * sink as it comes, also those that come after another call has failed.
 *
 * <p>Generations carry no log-probabilities and no entropies: chat completions do not tell them in
 * full. An endpoint promises nothing about equal answers to equal requests.
 */
public final class RemoteModel implements LanguageModel {
  private static final long GRACE_MILLIS = 20_000;
  private static final double[] UNTOLD = {};

  private final Endpoint endpoint;
  private final String name;
  private final RemoteSettings settings;
  private final JsonCalls calls;
  private final Parallel parallel;

  private RemoteModel(Endpoint endpoint, String name, RemoteSettings settings, JsonCalls calls) {
    this.endpoint = endpoint;
    this.name = name;
    this.settings = settings;
    this.calls = calls;
    parallel = new Parallel(settings.concurrency(), GRACE_MILLIS);
  }

  /**
   * Opens an endpoint; one whose address names no model is asked which one it serves.
   *
   * @param address {@code http(s)://host[:port]/v1#model}
   */
  public static RemoteModel open(String address, ApiKey key, RemoteSettings settings) {
    return open(address, key, settings, line -> {});
  }

  /**
   * Opens an endpoint.
   *
   * @param say hears now and then that an attempt failed and how long the next is waited for; from
   *     several threads
   */
  public static RemoteModel open(
      String address, ApiKey key, RemoteSettings settings, Consumer<String> say) {
    Endpoint endpoint = Endpoint.parse(address);
    JsonCalls calls = new JsonCalls(key, settings, say);
    String name = endpoint.model().orElseGet(() -> served(endpoint, calls));
    return new RemoteModel(endpoint, name, settings, calls);
  }

  private static String served(Endpoint endpoint, JsonCalls calls) {
    List<String> names = calls.get(endpoint.at("models"), RemoteModel::names);
    if (names.size() != 1) {
      String example = names.isEmpty() ? "NAME" : names.get(0);
      throw new UserError(
          "%s serves %d models: %s.".formatted(endpoint.base(), names.size(), names),
          "Name one of them behind the address: " + endpoint.base() + "#" + example);
    }
    return names.get(0);
  }

  private static List<String> names(JsonNode answer) throws Unusable {
    if (!answer.path("data").isArray()) {
      throw new Unusable("no list of models came");
    }
    List<String> names = new ArrayList<>();
    answer.path("data").forEach(model -> names.add(model.path("id").asText()));
    return names;
  }

  /** Name of the model, as requests carry it. */
  public String name() {
    return name;
  }

  /** The digest is over address and name, since nothing is known of the weights. */
  @Override
  public ModelIdentity identity() {
    String digest = Provenance.digest(List.of("endpoint", endpoint.base().toString(), name));
    return new ModelIdentity(
        name, digest, "endpoint", 0, "unknown", "remote", "it runs at " + endpoint.base(), 0);
  }

  /** Continues every conversation. */
  public void chat(List<ChatRequest> requests, Sink<ChatReply> sink, Cancellation cancel) {
    ChatWire wire = new ChatWire(name);
    URI address = endpoint.at("chat/completions");
    parallel.run(requests.size(), i -> asked(address, wire, requests.get(i)), sink, cancel);
  }

  private ChatReply asked(URI address, ChatWire wire, ChatRequest request) {
    try {
      return calls.post(address, wire.chat(request), wire::chatReply);
    } catch (UserError failure) {
      String about =
          request.about().isEmpty() ? "" : " It was asked about " + request.about() + ".";
      throw new UserError(failure.getMessage() + about, failure.remedy(), failure.getCause());
    }
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    Sink<ChatReply> replies = (index, reply) -> sink.accept(index, generation(reply));
    if (settings.texts() != RemoteSettings.Texts.AS_THEY_ARE) {
      chat(requests.stream().map(this::asMessages).toList(), replies, cancel);
    } else {
      ChatWire wire = new ChatWire(name);
      URI address = endpoint.at("completions");
      parallel.run(
          requests.size(),
          i -> calls.post(address, wire.text(requests.get(i)), wire::textReply),
          replies,
          cancel);
    }
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    EchoWire wire = new EchoWire(name, endpoint.base().toString());
    URI address = endpoint.at("completions");
    parallel.run(
        requests.size(),
        i -> {
          ScoreRequest request = unmarked(requests.get(i));
          return calls.post(address, wire.body(request), answer -> wire.score(request, answer));
        },
        FiniteResults.scores(
            name + " at " + endpoint.base(), requests, "Look into the server's log.", sink),
        cancel);
  }

  /** Marks are for this process's tokenizers; a server would take them for characters. */
  private static ScoreRequest unmarked(ScoreRequest request) {
    return new ScoreRequest(
        UserText.unmarked(request.context()), UserText.unmarked(request.continuation()));
  }

  private ChatRequest asMessages(GenerationRequest request) {
    return new ChatRequest(
        settings.texts() == RemoteSettings.Texts.AS_CONVERSATIONS
            ? Conversation.messages(request.context())
            : List.of(new ChatMessage("user", UserText.unmarked(request.context()))),
        request.sampling(),
        request.maxNewTokens(),
        request.stopStrings(),
        request.seed(),
        0,
        "");
  }

  private static Generation generation(ChatReply reply) {
    // Which stop ended the text is not told; a stop string is never part of it.
    Generation.Finish finish =
        reply.complete() ? Generation.Finish.STOP_TOKEN : Generation.Finish.LENGTH;
    return new Generation(reply.text(), reply.newTokens(), finish, UNTOLD, UNTOLD);
  }

  @Override
  public boolean answersStandAlone() {
    return true;
  }

  /** There is nothing to free. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "RemoteModel[" + name + " at " + endpoint.base() + "]";
  }
}
