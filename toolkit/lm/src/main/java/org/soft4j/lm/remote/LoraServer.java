package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Score;
import org.soft4j.lm.Sink;

/**
 * An OpenAI-compatible server that loads and unloads adapters while it runs, and takes texts as
 * tokens. It decides nothing: what is loaded when, and what its refusals mean, is the caller's.
 */
public final class LoraServer {
  private static final long GRACE_MILLIS = 8_000;
  private static final double[] UNTOLD = {};

  private final Endpoint endpoint;
  private final String base;
  private final RemoteSettings settings;
  private final ApiKey key;
  private final JsonCalls calls;
  private final LoraRoutes routes;

  /**
   * A model that a server lists.
   *
   * @param name as requests call it
   * @param parent the base of an adapter; empty for a base
   * @param root where the server read it
   * @param window tokens that it reads at once; 0 where that is not told
   */
  public record Listed(String name, String parent, String root, int window) {}

  /**
   * What the server said to an order.
   *
   * @param text its first words; any words with status 200 are success
   */
  public record Told(int status, String text) {
    /** Whether it was followed. */
    public boolean done() {
      return status == 200;
    }
  }

  /**
   * A text to be continued.
   *
   * @param context its tokens
   * @param ends ids of tokens that end what is written
   * @param room new tokens that fit behind it
   * @param cut whether the context lost its beginning
   */
  public record Context(
      GenerationRequest request, int[] context, int[] ends, int room, boolean cut) {}

  /**
   * A text to be scored.
   *
   * @param tokens all of them
   * @param targets how many of its last ones are scored; below their number
   * @param caveats of the score
   */
  public record Scored(int[] tokens, int targets, Set<Caveat> caveats) {}

  private LoraServer(
      Endpoint endpoint,
      String base,
      RemoteSettings settings,
      ApiKey key,
      JsonCalls calls,
      LoraRoutes routes) {
    this.endpoint = endpoint;
    this.base = base;
    this.settings = settings;
    this.key = key;
    this.calls = calls;
    this.routes = routes;
  }

  /**
   * Finds a server and its kind.
   *
   * @param address with the base model's name behind {@code #}, unless it serves only one
   * @param named its kind, where the user says so
   * @param say hears that the server is waited for
   * @throws UserError if nothing answers, the model is not there, or its kind is not known
   */
  public static LoraServer open(
      String address,
      ApiKey key,
      RemoteSettings settings,
      Optional<LoraRoutes> named,
      Consumer<String> say) {
    Endpoint endpoint = Endpoint.parse(address);
    JsonCalls calls = new JsonCalls(key, settings, say);
    String base = endpoint.model().orElseGet(() -> first(endpoint, calls));
    Dialect dialect = calls.get(endpoint.at("models"), answer -> Dialect.of(answer.json()));
    LoraRoutes routes =
        named.or(() -> LoraRoutes.of(dialect)).orElseThrow(() -> unknown(endpoint, dialect));
    LoraServer server = new LoraServer(endpoint, base, settings, key, calls, routes);
    List<String> names = server.models().stream().map(Listed::name).toList();
    if (!names.contains(base)) {
      throw new UserError(
          "%s serves no model \"%s\", but %s.".formatted(endpoint.base(), base, names),
          "Name one of them behind the address: %s#%s"
              .formatted(endpoint.base(), names.isEmpty() ? "NAME" : names.get(0)));
    }
    return server;
  }

  /** The one model that is no adapter. */
  private static String first(Endpoint endpoint, JsonCalls calls) {
    List<String> bases =
        calls.get(endpoint.at("models"), answer -> listed(answer.json())).stream()
            .filter(model -> model.parent.isEmpty())
            .map(Listed::name)
            .toList();
    return bases.size() == 1 ? bases.get(0) : RemoteModel.served(endpoint, calls);
  }

  private static UserError unknown(Endpoint endpoint, Dialect dialect) {
    return new UserError(
        "%s does not say that it is vLLM or SGLang (%s), which are the servers known to load adapters"
                .formatted(endpoint.base(), dialect.text())
            + " while they run.",
        "If it is one behind a proxy, name it: --adapter-routes vllm, or sglang.");
  }

  /** Without the model's name. */
  public String address() {
    return endpoint.base().toString();
  }

  /** Name of the base model. */
  public String base() {
    return base;
  }

  /** Its kind. */
  public LoraRoutes routes() {
    return routes;
  }

  /** What it serves at this moment. */
  public List<Listed> models() {
    return calls.get(endpoint.at("models"), answer -> listed(answer.json()));
  }

  private static List<Listed> listed(JsonNode answer) throws Unusable {
    RemoteModel.names(answer);
    List<Listed> models = new ArrayList<>();
    for (JsonNode model : answer.path("data")) {
      models.add(
          new Listed(
              model.path("id").asText(),
              model.path("parent").asText("").replace("null", ""),
              model.path("root").asText(""),
              model.path("max_model_len").asInt(0)));
    }
    return models;
  }

  /**
   * Loads an adapter.
   *
   * @param path as the server sees it
   */
  public Told load(String name, String path) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("lora_name", name).put("lora_path", path);
    return told("load_lora_adapter", body, () -> find(name).isPresent());
  }

  /** Unloads an adapter. */
  public Told unload(String name) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return told("unload_lora_adapter", body.put("lora_name", name), () -> find(name).isEmpty());
  }

  private Told told(String route, ObjectNode body, BooleanSupplier done) {
    JsonCalls.Told told = calls.tell(routes.at(endpoint, route), body, done);
    return new Told(told.status(), told.text());
  }

  /** An adapter that is loaded. */
  public Optional<Listed> find(String adapter) {
    String asked = routes.model(base, adapter);
    return models().stream()
        .filter(model -> model.name.equals(adapter) || model.name.equals(asked))
        .findFirst();
  }

  /** The base, or an adapter by its name, that takes texts as texts. */
  public RemoteModel plain(Optional<String> adapter) {
    return RemoteModel.of(
        endpoint, model(adapter), settings.withTexts(RemoteSettings.Texts.AS_THEY_ARE), key, calls);
  }

  private String model(Optional<String> adapter) {
    return adapter.map(name -> routes.model(base, name)).orElse(base);
  }

  /** Continues texts; each result has its tokens' log-probabilities where the server tells them. */
  public void generate(
      Optional<String> adapter, List<Context> texts, Sink<Generation> sink, Cancellation cancel) {
    ChatWire wire = new ChatWire(model(adapter), routes.dialect());
    new Parallel(settings.concurrency(), GRACE_MILLIS)
        .run(texts.size(), i -> written(wire, texts.get(i)), sink, cancel);
  }

  /**
   * A text and its tokens.
   *
   * @param tokens ids; none where the server does not tell them
   */
  public record Written(Generation text, int[] tokens) {}

  /** Continues one text and asks for its tokens too, which vLLM tells. */
  public Written written(Context text) {
    ChatWire wire = new ChatWire(base, routes.dialect());
    ObjectNode body = wire.tokens(text.request, text.context, text.ends, text.room);
    return calls.post(
        endpoint.at("completions"),
        body.put("return_token_ids", true),
        answer -> {
          List<Integer> ids = new ArrayList<>();
          ChatWire.choice(answer.json()).path("token_ids").forEach(id -> ids.add(id.asInt()));
          return new Written(
              read(wire, text, text.room, answer),
              ids.stream().mapToInt(Integer::intValue).toArray());
        });
  }

  private Generation written(ChatWire wire, Context text) {
    int most = Math.min(text.request.maxNewTokens(), text.room);
    if (most < 1) {
      Set<Caveat> full = Set.of(Caveat.NO_ROOM);
      return new Generation("", 0, Generation.Finish.LENGTH, UNTOLD, UNTOLD, full);
    }
    ObjectNode body = wire.tokens(text.request, text.context, text.ends, most);
    return calls.post(endpoint.at("completions"), body, answer -> read(wire, text, most, answer));
  }

  private Generation read(ChatWire wire, Context text, int most, JsonCalls.Answer answer)
      throws Unusable {
    ChatReply reply = wire.textReply(answer.json(), most).with(answer.caveats()).hiding(key);
    reply = text.cut ? reply.with(Set.of(Caveat.CONTEXT_CUT)) : reply;
    reply = most < text.request.maxNewTokens() ? reply.endedByWindow() : reply;
    return new Generation(
        reply.text(),
        reply.newTokens(),
        reply.finish(),
        ChatWire.newTokens(answer.json(), reply.newTokens()),
        UNTOLD,
        reply.caveats());
  }

  /**
   * Scores the ends of texts.
   *
   * @param atOnce calls under way at the same time
   */
  public void score(
      Optional<String> adapter,
      List<Scored> texts,
      int atOnce,
      Sink<Score> sink,
      Cancellation cancel) {
    EchoWire wire = new EchoWire(model(adapter), address());
    URI completions = endpoint.at("completions");
    new Parallel(atOnce, GRACE_MILLIS)
        .run(
            texts.size(),
            i -> {
              Scored text = texts.get(i);
              return calls
                  .post(
                      completions,
                      wire.body(text.tokens),
                      answer ->
                          wire.score(text.tokens.length, text.targets, answer.json())
                              .map(score -> score.with(answer.caveats())))
                  .orElseThrow(wire::refusal)
                  .with(text.caveats);
            },
            sink,
            cancel);
  }
}
