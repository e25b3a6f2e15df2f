package org.soft4j.evaluation;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.soft4j.core.Sha256;

/**
 * A model behind HTTP, whose answers are a function of what it is asked. It echoes
 * log-probabilities or does not, and stops answering after a number of replies, so that a test can
 * end its caller.
 */
public final class ModelServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String GRADE = " Rating: [[7]] [[A]]";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final boolean echoes;
  private final AtomicInteger under = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private int left = Integer.MAX_VALUE;
  private long pause;
  private boolean grades;

  /** Bodies of the requests that were answered, their path in front. */
  public final List<String> answered = new CopyOnWriteArrayList<>();

  /** Every request's key. */
  public final List<String> keys = new CopyOnWriteArrayList<>();

  /**
   * Starts a server.
   *
   * @param echoes whether log-probabilities of prompts are returned
   */
  public ModelServer(boolean echoes) throws IOException {
    this.echoes = echoes;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Answers so many milliseconds after it was asked. */
  public ModelServer slowed(long millis) {
    pause = millis;
    return this;
  }

  /** Ends every message with a grade and a verdict, as a judge does. */
  public ModelServer grading() {
    grades = true;
    return this;
  }

  /** Its address, without a model. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** So many more requests are answered; the others wait until the server is closed. */
  public synchronized void allow(int replies) {
    left = replies;
    notifyAll();
  }

  /** The most requests that were there at the same time. */
  public int most() {
    return most.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().endsWith("/models")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      JsonNode request = MAPPER.readTree(exchange.getRequestBody());
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      most.accumulateAndGet(under.incrementAndGet(), Math::max);
      await();
      Thread.sleep(pause);
      String path = exchange.getRequestURI().getPath();
      ObjectNode reply =
          path.endsWith("chat/completions")
              ? chat(request)
              : request.path("echo").asBoolean() ? echo(request) : text(request);
      byte[] bytes = reply.toString().getBytes(StandardCharsets.UTF_8);
      under.decrementAndGet();
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      answered.add(path + " " + request);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void await() throws InterruptedException {
    while (left == 0) {
      wait();
    }
    left--;
  }

  private ObjectNode chat(JsonNode request) {
    ObjectNode reply = MAPPER.createObjectNode();
    reply
        .putArray("choices")
        .addObject()
        .put("finish_reason", "stop")
        .putObject("message")
        .put("content", said(request.path("messages").toString()) + (grades ? GRADE : ""));
    return reply;
  }

  private static ObjectNode text(JsonNode request) {
    ObjectNode reply = MAPPER.createObjectNode();
    reply
        .putArray("choices")
        .addObject()
        .put("finish_reason", "stop")
        .put("text", said(request.path("prompt").asText()));
    return reply;
  }

  private static String said(String asked) {
    return "answer " + Sha256.of(asked).substring(0, 8);
  }

  /** Each character is a token; a letter's log-probability comes from its code. */
  private ObjectNode echo(JsonNode request) {
    ObjectNode reply = MAPPER.createObjectNode();
    ObjectNode choice = reply.putArray("choices").addObject().put("text", "");
    String prompt = request.path("prompt").asText() + ".";
    ObjectNode told = choice.putObject("logprobs");
    ArrayNode tokens = told.putArray("tokens");
    ArrayNode values = told.putArray("token_logprobs");
    ArrayNode tops = told.putArray("top_logprobs");
    for (int i = 0; echoes && i < prompt.length(); i++) {
      double value = -(prompt.charAt(i) % 7 + 1) / 8.0;
      tokens.add(prompt.substring(i, i + 1));
      values.add(value);
      tops.addObject().put("x", value);
    }
    reply.putObject("usage").put("prompt_tokens", echoes ? prompt.length() - 1 : 0);
    return reply;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
