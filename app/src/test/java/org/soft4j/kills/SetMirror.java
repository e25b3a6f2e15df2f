package org.soft4j.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.soft4j.datasets.catalogue.NamedSet;
import org.soft4j.datasets.catalogue.SetFile;

/** Sends files of benchmark sets slowly, as a network does, from any byte on. */
final class SetMirror implements AutoCloseable {
  private static final int PIECE = 16 << 10;
  private static final int PAUSE_MILLIS = 3;

  private final Map<String, Path> files = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private String from = "";

  SetMirror() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Serves a set whose files lie in a data folder as they were published, byte for byte. */
  void with(NamedSet set, Path data) {
    for (SetFile file : set.files()) {
      assertEquals(file.remote().bytes(), file.in(data).toFile().length(), file::toString);
      URI address = file.remote().address();
      from = address.getScheme() + "://" + address.getHost();
      files.put(address.getPath(), file.in(data));
    }
  }

  /** What {@code --mirror} takes. */
  String pair() {
    return from + "=http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = Files.readAllBytes(files.get(exchange.getRequestURI().getPath()));
      String range = exchange.getRequestHeaders().getFirst("Range");
      int begin = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.getResponseHeaders().set("ETag", "\"one\"");
      if (range != null) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range", "bytes %s-%s/%s".formatted(begin, bytes.length - 1, bytes.length));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - begin);
      OutputStream body = exchange.getResponseBody();
      for (int at = begin; at < bytes.length; at += PIECE) {
        body.write(bytes, at, Math.min(PIECE, bytes.length - at));
        body.flush();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
