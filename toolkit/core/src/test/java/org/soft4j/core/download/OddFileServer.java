package org.soft4j.core.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves one file at every path, with ranges and a tag, and misbehaves as told, request by request.
 */
final class OddFileServer implements AutoCloseable {
  /** Answers one request. */
  interface Manner {
    void answer(OddFileServer server, HttpExchange exchange) throws IOException;
  }

  /** As a good server does. */
  static final Manner GOOD = (server, exchange) -> server.serve(exchange, Integer.MAX_VALUE);

  /** Accepts, and says nothing. */
  static final Manner SILENT = (server, exchange) -> sleep();

  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicLong bytesServed = new AtomicLong();
  volatile byte[] file;
  volatile String tag = "\"one\"";
  volatile boolean ranges = true;

  private final Deque<Manner> script = new ArrayDeque<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  OddFileServer(byte[] file) throws IOException {
    this.file = file;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** The next requests are answered so; those after them as a good server does. */
  OddFileServer next(Manner... manners) {
    script.addAll(Arrays.asList(manners));
    return this;
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
  }

  /** Sends so many bytes of the body and drops the connection. */
  static Manner breaksAfter(int bytes) {
    return (server, exchange) -> server.serve(exchange, bytes);
  }

  /** Sends so many bytes of the body and then nothing more, with the connection open. */
  static Manner stallsAfter(int bytes) {
    return (server, exchange) -> {
      exchange.sendResponseHeaders(200, server.file.length);
      exchange.getResponseBody().write(server.file, 0, bytes);
      exchange.getResponseBody().flush();
      sleep();
    };
  }

  static Manner status(int status, String... header) {
    return (server, exchange) -> {
      for (int i = 0; i < header.length; i += 2) {
        exchange.getResponseHeaders().set(header[i], header[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** Sends without a length and never ends. */
  static Manner endless() {
    return (server, exchange) -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] chunk = new byte[8192];
      while (true) {
        exchange.getResponseBody().write(chunk);
        server.bytesServed.addAndGet(chunk.length);
      }
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
    Manner manner;
    synchronized (script) {
      manner = script.isEmpty() ? GOOD : script.remove();
    }
    try (exchange) {
      manner.answer(this, exchange);
    }
  }

  private void serve(HttpExchange exchange, int most) throws IOException {
    if (!tag.isEmpty()) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    boolean part = ranges && range != null && (condition == null || condition.equals(tag));
    int from = part ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
    if (part && from >= file.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (part) {
      String span = "bytes " + from + "-" + (file.length - 1) + "/" + file.length;
      exchange.getResponseHeaders().set("Content-Range", span);
    }
    byte[] body = Arrays.copyOfRange(file, from, file.length);
    exchange.sendResponseHeaders(part ? 206 : 200, body.length);
    int count = Math.min(most, body.length);
    exchange.getResponseBody().write(body, 0, count);
    exchange.getResponseBody().flush();
    bytesServed.addAndGet(count);
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      throw new IOException("the server is closed", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
