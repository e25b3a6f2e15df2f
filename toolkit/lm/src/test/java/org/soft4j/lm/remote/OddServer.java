package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP server on this machine that misbehaves as told: each request takes the next behaviour
 * from the list, and the last one stays.
 */
final class OddServer implements AutoCloseable {
  /** What the server does with one request. */
  @FunctionalInterface
  interface Behaviour {
    void answer(HttpExchange exchange, JsonNode request) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Behaviour> behaviours;
  private volatile Behaviour models = status(404, "");
  final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();

  OddServer(Behaviour... behaviours) throws IOException {
    this.behaviours = new ArrayDeque<>(List.of(behaviours));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Answers GET models; not counted among the requests. */
  OddServer withModels(String json) {
    models = status(200, json);
    return this;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().endsWith("/models")) {
      try (exchange) {
        models.answer(exchange, new ObjectMapper().createObjectNode());
        return;
      }
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    JsonNode request =
        new ObjectMapper()
            .readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
    Behaviour behaviour;
    synchronized (behaviours) {
      requests.add(request);
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      behaviour = behaviours.size() > 1 ? behaviours.poll() : behaviours.peek();
    }
    try (exchange) {
      behaviour.answer(exchange, request);
    }
  }

  /** Answers with a status, a body and perhaps a header. */
  static Behaviour status(int status, String body, String... header) {
    return (exchange, request) -> {
      if (header.length == 2) {
        exchange.getResponseHeaders().set(header[0], header[1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** A chat completion that repeats the last message. */
  static Behaviour echo() {
    return (exchange, request) -> {
      JsonNode messages = request.path("messages");
      JsonNode content = messages.path(messages.size() - 1).path("content");
      String answer =
          "{\"choices\": [{\"message\": {\"content\": %s}, \"finish_reason\": \"stop\"}],"
              + " \"usage\": {\"prompt_tokens\": 3, \"completion_tokens\": 2}}";
      status(200, answer.formatted(content)).answer(exchange, request);
    };
  }

  /** Sends the head and half of the body, and closes the connection. */
  static Behaviour cut() {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write("{\"choices\": [{\"mess".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  /** Answers after a while. */
  static Behaviour slow(long millis, Behaviour then) {
    return (exchange, request) -> {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      then.answer(exchange, request);
    };
  }

  /** Answers once something has happened. */
  static Behaviour after(CountDownLatch event, Behaviour then) {
    return (exchange, request) -> {
      try {
        event.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      then.answer(exchange, request);
    };
  }

  /** Sends its first bytes at once and then one byte now and then, for ever. */
  static Behaviour dripping() {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        while (!Thread.interrupted()) {
          out.write(' ');
          out.flush();
          Thread.sleep(20);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Sends text without end, as fast as it is taken. */
  static Behaviour endless() {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] words = "and so on ".repeat(500).getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseBody()
          .write("{\"choices\": [{\"message\": {\"content\": \"".getBytes(StandardCharsets.UTF_8));
      while (true) {
        exchange.getResponseBody().write(words);
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
