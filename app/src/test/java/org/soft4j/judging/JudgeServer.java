package org.soft4j.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.soft4j.core.Sha256;

/**
 * A judge behind HTTP whose grade is a function of what it is asked. It stops answering after a
 * number of replies, so that a test can end its caller at a known place.
 */
final class JudgeServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  final List<String> answered = new CopyOnWriteArrayList<>();
  final List<String> keys = new CopyOnWriteArrayList<>();
  private int left;

  JudgeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1#judge";
  }

  /** So many more requests are answered; the others wait until the server is closed. */
  synchronized void allow(int replies) {
    left = replies;
    notifyAll();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = new ObjectMapper().readTree(exchange.getRequestBody());
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      await();
      String asked = request.toString();
      int grade = Math.floorMod(Sha256.of(asked).hashCode(), 10) + 1;
      byte[] reply =
          """
          {"choices": [{"message": {"content": "It is fair. Verdict: [[A]]. Rating: [[%s]]"},
            "finish_reason": "stop"}], "usage": {"prompt_tokens": 100, "completion_tokens": 9}}
          """
              .formatted(grade)
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
      answered.add(asked);
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

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
