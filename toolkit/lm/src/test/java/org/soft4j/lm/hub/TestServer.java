package org.soft4j.lm.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file server on this machine that can break off and that records which ranges were asked. */
final class TestServer implements AutoCloseable {
  final Map<String, byte[]> files = new HashMap<>();
  final List<String> requests = new ArrayList<>();

  /** Bytes to send before the connection breaks; -1 for all. */
  int breakAfter = -1;

  /** What the files are: the tag changes when they do. */
  String tag = "\"one\"";

  private final HttpServer server;

  TestServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(name + (range == null ? "" : " " + range));
    byte[] file = files.get(name);
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("ETag", tag);
    boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int from = 0;
    if (range != null && same) {
      from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
    }
    byte[] body = Arrays.copyOfRange(file, from, file.length);
    exchange.sendResponseHeaders(range != null && same ? 206 : 200, body.length);
    exchange.getResponseBody().write(body, 0, breakAfter < 0 ? body.length : breakAfter);
    exchange.getResponseBody().flush();
    // Closing early drops the connection, as a lost network does.
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
