package org.soft4j.speed.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.soft4j.core.Json;

/**
 * An OpenAI-compatible server on this machine that says the number it is asked for, after a while.
 */
final class SlowServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int millis;
  private final AtomicInteger under = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong first = new AtomicLong();
  private final AtomicLong last = new AtomicLong();

  SlowServer(int millis) throws IOException {
    this.millis = millis;
    // A listen queue as long as the calls that may come at once.
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.createContext("/v1/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  int answered() {
    return answered.get();
  }

  int most() {
    return most.get();
  }

  double seconds() {
    return (last.get() - first.get()) / 1e9;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] asked = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().endsWith("/models")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      first.compareAndSet(0, System.nanoTime());
      most.accumulateAndGet(under.incrementAndGet(), Math::max);
      Thread.sleep(millis);
      byte[] bytes =
          reply(Json.read(new String(asked, StandardCharsets.UTF_8), JsonNode.class, "request"))
              .getBytes(StandardCharsets.UTF_8);
      under.decrementAndGet();
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      answered.incrementAndGet();
      last.set(System.nanoTime());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reply(JsonNode request) {
    String asked = request.path("messages").path(0).path("content").asText();
    Map<String, String> message =
        Map.of("role", "assistant", "content", asked.replaceAll("\\D", ""));
    return Json.line(
        Map.of("choices", List.of(Map.of("finish_reason", "stop", "message", message))));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
