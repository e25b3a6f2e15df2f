package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.lm.FiniteResults;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.lm.tokenizer.UserText;

/**
 * A model behind an OpenAI-compatible endpoint. Calls run side by side; each result reaches the
 * sink as it comes, also those that come after another call has failed.
 *
 * <p>Generations carry no log-probabilities and no entropies: chat completions do not tell them in
 * full. An endpoint promises nothing about equal answers to equal requests.
 */
public final class RemoteModel implements LanguageModel {
  // Who stops does not wait long, and what comes meanwhile may have been paid for.
  private static final long GRACE_MILLIS = 8_000;
  // Any server that echoes at all can echo this.
  private static final ScoreRequest PLAIN = new ScoreRequest("The sky is", " blue.");
  private static final double[] UNTOLD = {};

  private final Endpoint endpoint;
  private final String name;
  private final RemoteSettings settings;
  private final ApiKey key;
  private final JsonCalls calls;
  private final Parallel parallel;
  private final Consumer<String> say;
  private Optional<Dialect> dialect = Optional.empty();
  private volatile boolean echoes;

  private RemoteModel(
      Endpoint endpoint,
      String name,
      RemoteSettings settings,
      ApiKey key,
      JsonCalls calls,
      Consumer<String> say) {
    this.endpoint = endpoint;
    this.name = name;
    this.settings = settings;
    this.key = key;
    this.calls = calls;
    this.say = say;
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
    return new RemoteModel(endpoint, name, settings, key, calls, say);
  }

  /** A model of a server that is called already. */
  static RemoteModel of(
      Endpoint endpoint, String name, RemoteSettings settings, ApiKey key, JsonCalls calls) {
    return new RemoteModel(endpoint, name, settings, key, calls, line -> {});
  }

  static String served(Endpoint endpoint, JsonCalls calls) {
    List<String> names = calls.get(endpoint.at("models"), answer -> names(answer.json()));
    if (names.size() != 1) {
      String example = names.isEmpty() ? "NAME" : names.get(0);
      throw new UserError(
          "%s serves %s models: %s.".formatted(endpoint.base(), names.size(), names),
          "Name one of them behind the address: " + endpoint.base() + "#" + example);
    }
    return names.get(0);
  }

  static List<String> names(JsonNode answer) throws Unusable {
    if (!answer.path("data").isArray()) {
      throw new Unusable("no list of models came");
    }
    List<String> names = new ArrayList<>();
    answer.path("data").forEach(model -> names.add(model.path("id").asText()));
    return names;
  }

  /** The server is asked once which kind it is; one that does not tell gets plain requests. */
  private synchronized Dialect dialect() {
    if (dialect.isEmpty()) {
      dialect =
          Optional.of(
              calls
                  .look(endpoint.at("models"), answer -> Dialect.of(answer.json()))
                  .orElse(Dialect.OTHER));
      dialect.get().warning().ifPresent(say);
    }
    return dialect.get();
  }

  /** Which kind of server this is: {@code vllm}, or {@code other} where it does not tell. */
  public String server() {
    return dialect().text();
  }

  /** Everything that a request says about how tokens are drawn, besides the seed. */
  public Map<String, Object> sent(Sampling sampling) {
    Map<String, Object> sent = new LinkedHashMap<>();
    for (var field : dialect().fields(sampling).properties()) {
      sent.put(field.getKey(), field.getValue().numberValue());
    }
    return sent;
  }

  /** Name of the model, as requests carry it. */
  public String name() {
    return name;
  }

  /** The digest is over address and name, since nothing is known of the weights. */
  @Override
  public ModelIdentity identity() {
    return identity(endpoint, name);
  }

  /** The identity of a model whose address names it; nobody is asked for that. */
  public static Optional<ModelIdentity> known(String address) {
    Endpoint endpoint = Endpoint.parse(address);
    return endpoint.model().map(name -> identity(endpoint, name));
  }

  private static ModelIdentity identity(Endpoint endpoint, String name) {
    String digest = Sha256.of(List.of("endpoint", endpoint.base().toString(), name));
    return new ModelIdentity(
        name, digest, "endpoint", 0, "unknown", "remote", "it runs at " + endpoint.base(), 0);
  }

  /** Continues every conversation. */
  public void chat(List<ChatRequest> requests, Sink<ChatReply> sink, Cancellation cancel) {
    if (requests.isEmpty()) {
      return;
    }
    ChatWire wire = new ChatWire(name, dialect());
    URI address = endpoint.at("chat/completions");
    parallel.run(requests.size(), i -> asked(address, wire, requests.get(i)), sink, cancel);
  }

  private ChatReply asked(URI address, ChatWire wire, ChatRequest request) {
    try {
      return fitted(address, wire.chat(request), request.maxNewTokens(), wire::chatReply);
    } catch (UserError failure) {
      String about =
          request.about().isEmpty() ? "" : " It was asked about " + request.about() + ".";
      throw new UserError(failure.problem() + about, failure.remedy(), failure.getCause());
    }
  }

  /** Reads an answer to a request for so many new tokens. */
  @FunctionalInterface
  private interface Replying {
    ChatReply read(JsonNode answer, int maxNewTokens) throws Unusable;
  }

  /** Some servers refuse more new tokens than there is room for; then there are as many as fit. */
  private ChatReply fitted(URI address, ObjectNode body, int maxNewTokens, Replying reading) {
    AtomicInteger room = new AtomicInteger();
    ChatReply reply =
        calls.post(
            address,
            body,
            answer -> {
              room.set(Overflow.room(answer.json()));
              return read(reading, answer, maxNewTokens);
            });
    int fits = room.get();
    if (fits < 1 || fits >= maxNewTokens) {
      return reply;
    }
    body.put("max_tokens", fits);
    return calls.post(address, body, answer -> read(reading, answer, fits)).endedByWindow();
  }

  /** Parts that were joined may hold the key again. */
  private ChatReply read(Replying reading, JsonCalls.Answer answer, int maxNewTokens)
      throws Unusable {
    return reading.read(answer.json(), maxNewTokens).with(answer.caveats()).hiding(key);
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    if (requests.isEmpty()) {
      return;
    }
    Function<GenerationRequest, Generation> ask = asking();
    parallel.run(requests.size(), i -> ask.apply(requests.get(i)), sink, cancel);
  }

  private Function<GenerationRequest, Generation> asking() {
    if (settings.texts() != RemoteSettings.Texts.AS_THEY_ARE) {
      ChatWire wire = new ChatWire(name, dialect());
      URI address = endpoint.at("chat/completions");
      return request -> generation(asked(address, wire, asMessages(request)));
    }
    ChatWire wire = new ChatWire(name, dialect());
    URI address = endpoint.at("completions");
    return request ->
        generation(fitted(address, wire.text(request), request.maxNewTokens(), wire::textReply));
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    Function<ScoreRequest, Score> ask = scoring();
    parallel.run(requests.size(), i -> ask.apply(requests.get(i)), finite(requests, sink), cancel);
  }

  private Function<ScoreRequest, Score> scoring() {
    EchoWire wire = new EchoWire(name, endpoint.base().toString());
    URI address = endpoint.at("completions");
    return request -> score(address, wire, unmarked(request));
  }

  private Sink<Score> finite(List<ScoreRequest> requests, Sink<Score> sink) {
    return FiniteResults.scores(
        name + " at " + endpoint.base(), requests, "Look into the server's log.", sink);
  }

  /** As many as there are: the calls of all of them share one bound. */
  @Override
  public int chunksAtOnce() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void generateChunks(
      List<List<GenerationRequest>> chunks, ChunkSink<Generation> sink, Cancellation cancel) {
    if (!chunks.isEmpty()) {
      ChunkCalls.run(parallel, chunks, asking(), sink, cancel);
    }
  }

  @Override
  public void scoreChunks(
      List<List<ScoreRequest>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    Function<ScoreRequest, Score> ask = scoring();
    ChunkCalls.run(parallel, chunks, request -> finite(request, ask), sink, cancel);
  }

  /** An empty text has no token, and no call is made for it. */
  @Override
  public void scoreWholeChunks(
      List<List<String>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    Function<ScoreRequest, Score> ask = scoring();
    ChunkCalls.run(
        parallel,
        chunks,
        text -> text.isEmpty() ? Score.ofNothing() : finite(new ScoreRequest("", text), ask),
        sink,
        cancel);
  }

  private Score finite(ScoreRequest request, Function<ScoreRequest, Score> ask) {
    List<Score> score = new ArrayList<>();
    finite(List.of(request), (i, found) -> score.add(found)).accept(0, ask.apply(request));
    return score.get(0);
  }

  /** One unreadable echo is that text's fault; where a plain text has none either, the server's. */
  private Score score(URI address, EchoWire wire, ScoreRequest request) {
    Optional<Score> score = echoed(address, wire, request);
    if (score.isEmpty() && !echoes && !request.equals(PLAIN)) {
      echoes = echoed(address, wire, PLAIN).isPresent();
    }
    if (score.isEmpty() && !echoes) {
      throw wire.refusal();
    }
    echoes = true;
    return score.orElseGet(Score::unscored);
  }

  private Optional<Score> echoed(URI address, EchoWire wire, ScoreRequest request) {
    return calls.post(
        address,
        wire.body(request),
        answer -> wire.score(request, answer.json()).map(score -> score.with(answer.caveats())));
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
    return new Generation(
        reply.text(), reply.newTokens(), reply.finish(), UNTOLD, UNTOLD, reply.caveats());
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
