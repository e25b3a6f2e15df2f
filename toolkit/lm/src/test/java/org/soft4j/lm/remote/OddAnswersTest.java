package org.soft4j.lm.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/** Answers that are packed, damaged, of another kind, or not ended. */
@Timeout(60)
@Tag("slow")
class OddAnswersTest {
  private static final String ANSWER =
      "{\"choices\": [{\"message\": {\"content\": \"grün\"}, \"finish_reason\": \"stop\"}]}";
  private static final RemoteSettings QUICK =
      new RemoteSettings(
          3,
          Duration.ofMillis(1500),
          Duration.ofSeconds(20),
          100_000,
          1,
          Duration.ofMillis(1),
          Duration.ofMillis(1),
          RemoteSettings.Texts.AS_MESSAGES);

  /** Writes a text packed. */
  @FunctionalInterface
  private interface Packing {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(String text, Packing packing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing.around(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    return packed(text, GZIPOutputStream::new);
  }

  private static OddServer.Behaviour coded(String coding, byte[] bytes) {
    return (exchange, request) -> {
      if (!coding.isEmpty()) {
        exchange.getResponseHeaders().set("Content-Encoding", coding);
      }
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  private static Generation one(String address) {
    return RemoteModel.open(address + "#m", ApiKey.NONE, QUICK)
        .generate(List.of(new GenerationRequest("hello", Sampling.GREEDY, 16, List.of(), 7)))
        .get(0);
  }

  private static UserError refused(OddServer server) {
    return assertThrows(UserError.class, () -> one(server.address()));
  }

  @Test
  void aPackedAnswerIsRead() throws IOException {
    byte[] plain = ANSWER.getBytes(UTF_8);
    for (OddServer.Behaviour behaviour :
        List.of(
            coded("gzip", gzip(ANSWER)),
            coded("X-GZIP", gzip(ANSWER)),
            coded("", gzip(ANSWER)),
            coded("gzip", plain),
            coded("identity", plain),
            coded("deflate", packed(ANSWER, DeflaterOutputStream::new)),
            coded(
                "deflate",
                packed(ANSWER, out -> new DeflaterOutputStream(out, new Deflater(9, true)))),
            coded("deflate", plain),
            coded("", ("\ufeff" + ANSWER).getBytes(UTF_8)))) {
      try (OddServer server = new OddServer(behaviour)) {
        Generation generation = one(server.address());
        assertEquals("grün", generation.text());
        assertEquals(Set.of(), generation.caveats());
      }
    }
  }

  @Test
  void aPackingThatIsNotReadIsNamedAtOnce() throws IOException {
    for (String coding : List.of("br", "zstd", "compress", "gzip, gzip")) {
      try (OddServer server = new OddServer(coded(coding, new byte[] {1, 2, 3}))) {
        UserError error = refused(server);
        assertTrue(
            error.getMessage().contains("packs its answers as \"" + coding + "\""),
            error::toString);
        assertEquals(1, server.requests.size());
      }
    }
  }

  @Test
  void aDamagedPackingIsTriedAgain() throws IOException {
    byte[] whole = gzip(ANSWER);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
    byte[] wrong = whole.clone();
    wrong[wrong.length / 2] ^= 0x55;
    for (byte[] bytes : List.of(cut, wrong)) {
      try (OddServer server = new OddServer(coded("gzip", bytes), coded("gzip", whole))) {
        assertEquals("grün", one(server.address()).text());
        assertEquals(2, server.requests.size());
      }
    }
  }

  /** 300 kB of spaces, packed into 300 bytes: more than the bound of 100 kB. */
  @Test
  void whatUnpacksBeyondTheBoundIsCut() throws IOException {
    try (OddServer server = new OddServer(coded("gzip", gzip(" ".repeat(300_000) + ANSWER)))) {
      UserError error = refused(server);
      assertTrue(error.getMessage().contains("more than 100,000 bytes"), error::toString);
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void bytesThatAreNotUtf8AreCounted() throws IOException {
    try (OddServer server = new OddServer(coded("", ANSWER.getBytes(ISO_8859_1)))) {
      Generation generation = one(server.address());
      assertEquals("gr\ufffdn", generation.text());
      assertEquals(Set.of(Caveat.BROKEN_UTF8), generation.caveats());
    }
  }

  @Test
  void aLoginPageIsNamedAndNotWaitedFor() throws IOException {
    String page = "<!doctype html><html><head><title>Sign in to\n Corp</title></head>";
    try (OddServer server =
        new OddServer(OddServer.status(200, page, "Content-Type", "text/html; charset=utf-8"))) {
      UserError error = refused(server);
      assertTrue(
          error
              .getMessage()
              .contains(
                  "no JSON object came, but a web page (Sign in to Corp), as logins and proxies"
                      + " send: <!doctype html>"),
          error::toString);
      assertEquals(2, server.requests.size());
    }
  }

  /** Between answers, a gateway's page is what may pass. */
  @Test
  void aPageBetweenAnswersIsWaitedFor() throws IOException {
    OddServer.Behaviour page = OddServer.status(200, "<p>soon", "Content-Type", "text/html");
    try (OddServer server = new OddServer(OddServer.echo(), page, page, OddServer.echo())) {
      RemoteModel model = RemoteModel.open(server.address() + "#m", ApiKey.NONE, QUICK);
      var hello = new GenerationRequest("hello", Sampling.GREEDY, 16, List.of(), 7);
      model.generate(List.of(hello));
      assertEquals("hello", model.generate(List.of(hello)).get(0).text());
      assertEquals(4, server.requests.size());
    }
  }

  @Test
  void anotherKindOfAnswerIsNamed() throws IOException {
    try (OddServer server =
        new OddServer(OddServer.status(200, "data: {}", "Content-Type", "text/event-stream"))) {
      assertTrue(refused(server).getMessage().contains("a stream of events"), "events");
    }
    try (OddServer server =
        new OddServer(OddServer.status(200, "\u001b[2J\u202e", "Content-Type", "image/png"))) {
      String message = refused(server).getMessage();
      assertTrue(message.contains("but image/png: \\u001b[2J\\u202e"), message);
    }
  }

  /** What no web server would write, byte by byte. */
  @Test
  void aBrokenProtocolEndsInWords() throws IOException {
    String head = "HTTP/1.1 200 OK\r\n";
    for (String raw :
        List.of(
            head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"",
            head + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n{",
            head + "Content-Length: -5\r\n\r\n{}",
            head + "Content-Length: 99999999999999\r\n\r\n{}",
            head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            head + "A: " + "x".repeat(1_000_000) + "\r\n\r\n{}",
            head + "A: b\r\n".repeat(100_000) + "\r\n{}",
            "HTTP/9.9 999 \u001b[2J\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n",
            "\0\0\0\0",
            "")) {
      try (ServerSocket socket = new ServerSocket(0)) {
        Thread server = new Thread(() -> serve(socket, raw));
        server.setDaemon(true);
        server.start();
        String address = "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
        UserError error = assertThrows(UserError.class, () -> one(address), raw);
        assertTrue(error.getMessage().contains("gave no usable answer in 3 attempts"), raw);
        assertFalse(error.getMessage().contains("\u001b"), error::toString);
        assertTrue(error.getMessage().length() < 500, error::toString);
      }
    }
  }

  /** Reads a little, answers, and closes. */
  private static void serve(ServerSocket socket, String raw) {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.getInputStream().read(new byte[4096]);
        client.getOutputStream().write(raw.getBytes(UTF_8));
        client.getOutputStream().flush();
        Thread.sleep(50);
      } catch (IOException gone) {
        continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
