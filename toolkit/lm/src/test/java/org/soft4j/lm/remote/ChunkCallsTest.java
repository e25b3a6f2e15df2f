package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/** Chunks of calls to a real HTTP server on this machine; three calls may be under way. */
@Timeout(60)
class ChunkCallsTest {
  private static final RemoteSettings QUICK =
      new RemoteSettings(
          2,
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          100_000,
          3,
          Duration.ofMillis(10),
          Duration.ofMillis(40),
          RemoteSettings.Texts.AS_MESSAGES);

  private static RemoteModel open(OddServer server) {
    return RemoteModel.open(server.address() + "#m", ApiKey.NONE, QUICK);
  }

  /** Chunks of requests that say their place, such as {@code 2.0}. */
  private static List<List<GenerationRequest>> chunks(int chunks, int size) {
    return IntStream.range(0, chunks)
        .mapToObj(
            chunk ->
                IntStream.range(0, size)
                    .mapToObj(i -> chunk + "." + i)
                    .map(t -> new GenerationRequest(t, Sampling.GREEDY, 16, List.of(), 7))
                    .toList())
        .toList();
  }

  private static String asked(JsonNode request) {
    return request.path("messages").path(0).path("content").asText();
  }

  private static List<String> heard(
      RemoteModel model, List<List<GenerationRequest>> chunks, List<String> heard) {
    model.generateChunks(
        chunks,
        (chunk, texts) -> heard.add(chunk + " " + texts.stream().map(Generation::text).toList()),
        Cancellation.NEVER);
    return heard;
  }

  /**
   * The last call of every chunk is answered only when the first call of the next chunk has come:
   * one that waited for the chunk before to be finished would never come.
   */
  @Test
  void theNextChunkBeginsWhileTheLastCallsOfOneAreWaitedFor() throws IOException {
    List<CountDownLatch> begun =
        IntStream.range(0, 7).mapToObj(i -> new CountDownLatch(1)).toList();
    OddServer.Behaviour waiting =
        (exchange, request) -> {
          String place = asked(request);
          int chunk = Integer.parseInt(place.substring(0, 1));
          begun.get(chunk).countDown();
          boolean came = true;
          try {
            if (place.endsWith(".2") && chunk < 5) {
              came = begun.get(chunk + 1).await(10, TimeUnit.SECONDS);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          (came ? OddServer.echo() : OddServer.status(400, "drained")).answer(exchange, request);
        };
    try (OddServer server = new OddServer(waiting)) {
      assertEquals(
          List.of(
              "0 [0.0, 0.1, 0.2]",
              "1 [1.0, 1.1, 1.2]",
              "2 [2.0, 2.1, 2.2]",
              "3 [3.0, 3.1, 3.2]",
              "4 [4.0, 4.1, 4.2]",
              "5 [5.0, 5.1, 5.2]"),
          heard(open(server), chunks(6, 3), new ArrayList<>()));
    }
  }

  /** While one call hangs, chunks of four and calls at eight times three: six are begun, not 50. */
  @Test
  void onlySoManyChunksAreBegunAsKeepTheCallsBusy() throws IOException {
    CountDownLatch hangs = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    OddServer.Behaviour hanging =
        (exchange, request) -> {
          if (asked(request).equals("0.0")) {
            OddServer.after(hangs, OddServer.echo()).answer(exchange, request);
          } else {
            // The 23 others of the first six chunks; a further one would be the first of the next.
            if (others.incrementAndGet() == 23) {
              hangs.countDown();
            }
            OddServer.echo().answer(exchange, request);
          }
        };
    try (OddServer server = new OddServer(hanging)) {
      List<Integer> begunAtFirst = new ArrayList<>();
      open(server)
          .generateChunks(
              chunks(50, 4),
              (chunk, texts) -> begunAtFirst.add(server.requests.size()),
              Cancellation.NEVER);
      assertEquals(50, begunAtFirst.size());
      assertEquals(24, begunAtFirst.get(0));
    }
  }

  @Test
  void aRefusalComesBehindTheChunksBeforeIt() throws IOException {
    OddServer.Behaviour refusing =
        (exchange, request) ->
            (asked(request).equals("2.1")
                    ? OddServer.status(400, "{\"error\": {\"message\": \"no\"}}")
                    : OddServer.echo())
                .answer(exchange, request);
    try (OddServer server = new OddServer(refusing)) {
      List<String> heard = new ArrayList<>();
      assertThrows(UserError.class, () -> heard(open(server), chunks(9, 2), heard));
      assertEquals(List.of("0 [0.0, 0.1]", "1 [1.0, 1.1]"), heard);
    }
  }

  @Test
  void aStopKeepsWhatWasHandedOver() throws IOException {
    try (OddServer server = new OddServer(OddServer.echo())) {
      List<Integer> heard = new ArrayList<>();
      assertThrows(
          CancellationException.class,
          () ->
              open(server)
                  .generateChunks(
                      chunks(40, 2), (chunk, texts) -> heard.add(chunk), () -> heard.size() > 3));
      assertTrue(heard.size() > 3 && heard.size() < 20, heard.toString());
    }
  }
}
