package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.tokenizer.UserText;

/** Against a real HTTP server that misbehaves. */
@Timeout(60)
@Tag("slow")
class RemoteModelTest {
  private static final RemoteSettings QUICK =
      new RemoteSettings(
          4,
          Duration.ofMillis(2500),
          Duration.ofSeconds(20),
          100_000,
          3,
          Duration.ofMillis(10),
          Duration.ofMillis(40),
          RemoteSettings.Texts.AS_MESSAGES);

  private static GenerationRequest ask(String text) {
    return new GenerationRequest(text, Sampling.GREEDY, 16, List.of("\n"), 7);
  }

  private static RemoteModel open(OddServer server) {
    return RemoteModel.open(server.address() + "#m", ApiKey.NONE, QUICK);
  }

  private static Generation one(OddServer server) {
    return open(server).generate(List.of(ask("hello"))).get(0);
  }

  private static UserError refused(OddServer server) {
    return assertThrows(UserError.class, () -> one(server));
  }

  @Test
  void anAnswerIsReadWithItsTokens() throws IOException {
    try (OddServer server = new OddServer(OddServer.echo())) {
      Generation generation = one(server);
      assertEquals("hello", generation.text());
      assertEquals(2, generation.tokens());
      assertEquals(Generation.Finish.STOP_TOKEN, generation.finish());
      assertTrue(Double.isNaN(generation.perplexity()), "chat completions tell no perplexity");
      assertEquals(
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
              + "\"temperature\":0.0,\"top_p\":1.0,\"max_tokens\":16,\"stop\":[\"\\n\"]}",
          server.requests.get(0).toString());
    }
  }

  @Test
  void aSampledRequestCarriesItsSeed() throws IOException {
    try (OddServer server = new OddServer(OddServer.echo())) {
      var warm = new GenerationRequest("x", new Sampling(0.7, 0.9, 20), 4, List.of(), -1);
      open(server).generate(List.of(warm));
      assertEquals(
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
              + "\"temperature\":0.7,\"top_p\":0.9,\"top_k\":20,\"seed\":2147483647,"
              + "\"max_tokens\":4}",
          server.requests.get(0).toString());
    }
  }

  @Test
  void marksOfUserTextStayHere() throws IOException {
    try (OddServer server = new OddServer(OddServer.echo())) {
      String marked = UserText.mark("is <b> a tag?");
      assertEquals("is <b> a tag?", open(server).generate(List.of(ask(marked))).get(0).text());
    }
  }

  @Test
  void aContextMayGoAsItIs() throws IOException {
    var answer = "{\"choices\": [{\"text\": \" world\", \"finish_reason\": \"length\"}]}";
    try (OddServer server = new OddServer(OddServer.status(200, answer))) {
      RemoteSettings texts = QUICK.withTexts(RemoteSettings.Texts.AS_THEY_ARE);
      RemoteModel model = RemoteModel.open(server.address() + "#m", ApiKey.NONE, texts);
      Generation generation = model.generate(List.of(ask("hello"))).get(0);
      assertEquals(" world", generation.text());
      assertEquals(Generation.Finish.LENGTH, generation.finish());
      assertEquals("hello", server.requests.get(0).path("prompt").asText());
    }
  }

  @Test
  void whatMayPassIsTriedAgain() throws IOException {
    String notJson = "<html>Bad gateway</html>";
    for (OddServer.Behaviour odd :
        List.of(
            OddServer.status(500, "oops"),
            OddServer.status(503, ""),
            OddServer.status(429, "slow down", "Retry-After", "0"),
            OddServer.status(200, notJson),
            OddServer.status(200, "{\"choices\": []}"),
            OddServer.status(200, ""),
            OddServer.cut(),
            OddServer.slow(4000, OddServer.echo()),
            OddServer.dripping())) {
      try (OddServer server = new OddServer(odd, OddServer.echo())) {
        assertEquals("hello", one(server).text());
        assertEquals(2, server.requests.size(), "one more attempt");
      }
    }
  }

  @Test
  void thatAServerIsWaitedForIsTold() throws IOException {
    List<String> said = new CopyOnWriteArrayList<>();
    try (OddServer server = new OddServer(OddServer.status(500, "oops"), OddServer.echo())) {
      RemoteModel.open(server.address() + "#m", ApiKey.NONE, QUICK, said::add)
          .generate(List.of(ask("hello")));
    }
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.get(0).contains("attempt 1 of"), said.get(0));
    assertTrue(said.get(0).contains("HTTP status 500: oops"), said.get(0));
  }

  @Test
  void theServersWishToWaitIsHonoured() throws IOException {
    try (OddServer server = wishing("1")) {
      Instant began = Instant.now();
      assertEquals("hello", one(server).text());
      long waited = Duration.between(began, Instant.now()).toMillis();
      assertTrue(waited >= 950, "waited " + waited + " ms for 1 s");
    }
  }

  /** In whole seconds, as HTTP has dates. */
  @Test
  void aTimeThatTheServerNamesIsWaitedFor() throws IOException {
    Instant time = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    try (OddServer server = wishing(date)) {
      assertEquals("hello", one(server).text());
      // A twentieth of a second for the clocks.
      assertTrue(Instant.now().plusMillis(50).isAfter(time), Instant.now() + " is before " + date);
    }
  }

  private static OddServer wishing(String wait) throws IOException {
    return new OddServer(OddServer.status(429, "", "Retry-After", wait), OddServer.echo());
  }

  @Test
  void aWishBeyondTheBoundIsToldAtOnce() throws IOException {
    try (OddServer server = new OddServer(OddServer.status(429, "", "Retry-After", "3600"))) {
      UserError error = refused(server);
      assertTrue(
          error.getMessage().contains("wait 3600 s, beyond the bound of 20 s"), error::toString);
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void whatStaysUnreadableIsQuotedInPart() throws IOException {
    String page = "<html>" + "login ".repeat(200);
    try (OddServer server = new OddServer(OddServer.status(200, page))) {
      UserError error = refused(server);
      assertTrue(error.getMessage().contains("4 attempts"), error::toString);
      assertTrue(error.getMessage().contains("<html>login login"), error::toString);
      assertTrue(error.getMessage().length() < 400, error::toString);
      assertEquals(4, server.requests.size());
    }
  }

  @Test
  void anEndlessAnswerIsCutOffWithAnError() throws IOException {
    try (OddServer server = new OddServer(OddServer.endless())) {
      UserError error = refused(server);
      assertTrue(error.getMessage().contains("more than 100,000 bytes"), error::toString);
      assertEquals(1, server.requests.size(), "another attempt would be as long");
    }
  }

  @Test
  void whatWillNotPassIsToldAtOnce() throws IOException {
    for (int status : List.of(400, 401, 403, 404, 422)) {
      try (OddServer server =
          new OddServer(OddServer.status(status, "{\"error\": \"no such thing\"}"))) {
        UserError error = refused(server);
        assertTrue(error.getMessage().contains("" + status), error::toString);
        assertTrue(error.getMessage().contains("no such thing"), error::toString);
        assertEquals(1, server.requests.size());
      }
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    try (OddServer other = new OddServer(OddServer.echo());
        OddServer server =
            new OddServer(
                OddServer.status(307, "", "Location", other.address() + "/chat/completions"))) {
      UserError error = refused(server);
      assertTrue(error.getMessage().contains(other.address()), error::toString);
      assertEquals(0, other.requests.size());
    }
  }

  @Test
  void aDeadServerIsNamed() throws IOException {
    OddServer server = new OddServer(OddServer.echo());
    server.close();
    UserError error = refused(server);
    assertTrue(error.getMessage().contains("connection failed"), error::toString);
  }

  @Test
  void callsRunSideBySideUpToTheBound() throws IOException {
    AtomicInteger under = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    OddServer.Behaviour counted =
        (exchange, request) -> {
          most.accumulateAndGet(under.incrementAndGet(), Math::max);
          OddServer.slow(60, OddServer.echo()).answer(exchange, request);
          under.decrementAndGet();
        };
    try (OddServer server = new OddServer(counted)) {
      List<String> texts = IntStream.range(0, 12).mapToObj(i -> "text " + i).toList();
      List<Generation> results =
          open(server).generate(texts.stream().map(RemoteModelTest::ask).toList());
      assertEquals(texts, results.stream().map(Generation::text).toList());
      assertEquals(3, most.get());
    }
  }

  @Test
  void afterAFailureNoCallBeginsAndThoseUnderWayAreKept() throws IOException {
    CountDownLatch refused = new CountDownLatch(1);
    OddServer.Behaviour odd =
        (exchange, request) -> {
          if (request.path("messages").path(0).path("content").asText().equals("text 1")) {
            OddServer.status(400, "no").answer(exchange, request);
            refused.countDown();
          } else {
            OddServer.after(refused, OddServer.slow(500, OddServer.echo()))
                .answer(exchange, request);
          }
        };
    try (OddServer server = new OddServer(odd)) {
      List<Integer> came = new ArrayList<>();
      List<GenerationRequest> asked =
          IntStream.range(0, 12).mapToObj(i -> ask("text " + i)).toList();
      assertThrows(
          UserError.class,
          () -> open(server).generate(asked, (i, result) -> came.add(i), Cancellation.NEVER));
      assertEquals(List.of(0, 2), came.stream().sorted().toList());
      assertEquals(3, server.requests.size());
    }
  }

  @Test
  void aWishToStopKeepsWhatIsUnderWay() throws Exception {
    CountDownLatch arrived = new CountDownLatch(3);
    OddServer.Behaviour held =
        (exchange, request) -> {
          arrived.countDown();
          OddServer.after(arrived, OddServer.slow(200, OddServer.echo())).answer(exchange, request);
        };
    try (OddServer server = new OddServer(held)) {
      List<Integer> came = new ArrayList<>();
      List<GenerationRequest> asked =
          IntStream.range(0, 12).mapToObj(i -> ask("text " + i)).toList();
      assertThrows(
          CancellationException.class,
          () ->
              open(server)
                  .generate(asked, (i, result) -> came.add(i), () -> arrived.getCount() == 0));
      assertEquals(List.of(0, 1, 2), came.stream().sorted().toList());
      assertEquals(3, server.requests.size());
    }
  }

  @Test
  void theServerIsAskedWhichModelItServes() throws IOException {
    String one = "{\"data\": [{\"id\": \"org/name\"}]}";
    try (OddServer server = new OddServer(OddServer.echo()).withModels(one)) {
      RemoteModel model = RemoteModel.open(server.address() + "/", ApiKey.NONE, QUICK);
      assertEquals("org/name", model.name());
      assertEquals("org/name", model.identity().name());
    }
    String two = "{\"data\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}";
    try (OddServer server = new OddServer(OddServer.echo()).withModels(two)) {
      UserError error =
          assertThrows(
              UserError.class, () -> RemoteModel.open(server.address(), ApiKey.NONE, QUICK));
      assertTrue(error.getMessage().contains("serves 2 models: [a, b]"), error::toString);
      assertTrue(error.remedy().contains(server.address() + "#a"), error::toString);
    }
  }

  @Test
  void anAddressThatMayCarryASecretIsNotQuoted() {
    for (String address :
        List.of("http://user:hunter2@host/v1", "https://host/v1?api-key=hunter2")) {
      UserError error = assertThrows(UserError.class, () -> Endpoint.parse(address));
      assertFalse(error.toString().contains("hunter2"), error::toString);
    }
  }
}
