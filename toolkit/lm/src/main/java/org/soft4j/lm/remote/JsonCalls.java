package org.soft4j.lm.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.UserError;
import org.soft4j.core.download.Backoff;
import org.soft4j.core.download.Certificates;
import org.soft4j.lm.Caveat;

/**
 * JSON over HTTP with patience: what may pass (429, 5xx, time-outs, broken connections, unreadable
 * answers) is tried again; what will not (a refused key, an unknown model) is told at once.
 * Redirects are not followed, since the key would travel with them.
 */
final class JsonCalls {
  private static final ObjectMapper MAPPER = BoundedJson.ofAnswers();
  private static final Duration CONNECTING = Duration.ofSeconds(30);
  private static final int UNREACHED_ATTEMPTS = 2;
  private static final int LOOKS = 2;

  /** Takes what is wanted out of an answer. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Answer answer) throws Unusable;
  }

  /**
   * An answer without the key.
   *
   * @param json an object
   * @param caveats what was not plain about its bytes
   */
  record Answer(JsonNode json, Set<Caveat> caveats) {}

  private final ApiKey key;
  private final RemoteSettings settings;
  private final Refusals refusals;
  private final Backoff backoff;
  private final HttpClient client;
  private final Waits waits;
  private volatile boolean reached;
  private volatile boolean answered;

  JsonCalls(ApiKey key, RemoteSettings settings, Consumer<String> say) {
    waits = new Waits(say, System::nanoTime);
    this.key = key;
    this.settings = settings;
    refusals = new Refusals(key);
    backoff =
        new Backoff(
            settings.firstWait(),
            settings.longestWait(),
            () -> ThreadLocalRandom.current().nextDouble());
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Certificates.context())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(shorter(CONNECTING, settings.callTime()))
            .build();
  }

  <T> T get(URI address, Reading<T> reading) {
    return persist(address, HttpRequest.newBuilder(address).GET(), reading);
  }

  /** Asks what a server need not know; empty where it gives no answer in two attempts. */
  <T> Optional<T> look(URI address, Reading<T> reading) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address).GET();
    key.sign(builder, address);
    HttpRequest request = request(builder);
    for (int attempt = 1; attempt <= LOOKS; attempt++) {
      try {
        return Optional.of(
            reading.read(call(request, System.nanoTime() + settings.totalTime().toNanos())));
      } catch (Unusable failure) {
        pause(backoff.after(attempt, failure.asked()));
      } catch (UserError refused) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  <T> T post(URI address, JsonNode body, Reading<T> reading) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return persist(
        address,
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(bytes)),
        reading);
  }

  /**
   * What a server said to an order.
   *
   * @param text its first words on one line, without the key
   */
  record Told(int status, String text) {}

  /**
   * Gives an order. Whatever the server says to it stands: a refusal is not asked for again, and
   * any answer with status 200 is success, since servers answer in plain words. Only where it was
   * too busy, or the line broke before it said anything, is it told again.
   *
   * @param done whether the order was followed though no answer came
   */
  Told tell(URI address, JsonNode body, BooleanSupplier done) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address);
    key.sign(builder, address);
    HttpRequest request =
        request(
            builder
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    try {
      return told(address, request, done);
    } catch (UserError failure) {
      throw key.hide(failure);
    }
  }

  private Told told(URI address, HttpRequest request, BooleanSupplier done) {
    long end = System.nanoTime() + settings.totalTime().toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return once(address, request, end);
      } catch (Unusable failure) {
        if (broken(failure) && done.getAsBoolean()) {
          return new Told(200, "");
        }
        again(address, attempt, failure, end);
      }
    }
  }

  /** Whether the order may have been heard: a line that broke says nothing of it. */
  private static boolean broken(Unusable failure) {
    return failure.getCause() != null && !failure.unreachable();
  }

  private Told once(URI address, HttpRequest request, long end) throws Unusable {
    HttpResponse<BoundedBytes.Body> response = send(request, end);
    reached = true;
    HttpHeaders headers = response.headers();
    AnswerText said = AnswerText.of(response.body(), headers, address, settings.maxAnswerBytes());
    int status = response.statusCode();
    if (status == 429 || status == 503) {
      throw new Unusable(
          "HTTP status " + status + ": " + refusals.beginning(said.text()),
          retryAfter(headers),
          null);
    }
    return new Told(status, refusals.beginning(said.text()));
  }

  /** No word of a fault holds the key. */
  private <T> T persist(URI address, HttpRequest.Builder builder, Reading<T> reading) {
    try {
      return tried(address, builder, reading);
    } catch (UserError failure) {
      throw key.hide(failure);
    }
  }

  private <T> T tried(URI address, HttpRequest.Builder builder, Reading<T> reading) {
    key.sign(builder, address);
    HttpRequest request = request(builder);
    long end = System.nanoTime() + settings.totalTime().toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return reading.read(call(request, end));
      } catch (Unusable failure) {
        again(address, attempt, failure, end);
      }
    }
  }

  /** Waits before the next attempt, or gives up. */
  private void again(URI address, int attempt, Unusable failure, long end) {
    Duration wait = backoff.after(attempt, failure.asked());
    if (attempt >= attempts(failure) || System.nanoTime() + wait.toNanos() > end) {
      throw gaveUp(address, attempt, failure, wait);
    }
    String why = refusals.beginning(String.valueOf(failure.getMessage()));
    waits.tell(address.getAuthority(), attempt, attempts(failure), why, wait);
    pause(wait);
  }

  private static HttpRequest request(HttpRequest.Builder builder) {
    return builder
        .header("Accept", "application/json")
        .header("Accept-Encoding", "identity")
        .build();
  }

  /** An address where no JSON ever came from is more likely misspelt than busy. */
  private int attempts(Unusable failure) {
    return !reached && failure.unreachable() || !answered && failure.page()
        ? Math.min(UNREACHED_ATTEMPTS, settings.attempts())
        : settings.attempts();
  }

  private Answer call(HttpRequest request, long end) throws Unusable {
    HttpResponse<BoundedBytes.Body> response = send(request, end);
    reached = true;
    return read(request.uri(), response.statusCode(), response.headers(), response.body());
  }

  /** Reads whatever came: an answer, what may pass, or a UserError. */
  Answer read(URI address, int status, HttpHeaders headers, BoundedBytes.Body came)
      throws Unusable {
    AnswerText body = AnswerText.of(came, headers, address, settings.maxAnswerBytes());
    String text = body.text();
    if (!body.whole()) {
      throw refusals.tooLong(address, settings.maxAnswerBytes(), text);
    }
    Optional<Overflow> overflow = Overflow.of(status, text);
    if (overflow.isPresent()) {
      return new Answer(overflow.get().answer(), Set.of());
    }
    if (status == 429 || status == 408 || status >= 500) {
      throw new Unusable(
          "HTTP status " + status + ": " + refusals.beginning(text), retryAfter(headers), null);
    }
    if (status == 200) {
      return parse(body, headers);
    }
    return refusals
        .filtered(status, text)
        .map(answer -> new Answer(answer, Set.of()))
        .orElseThrow(() -> refusals.of(address, status, headers, text));
  }

  private Answer parse(AnswerText body, HttpHeaders headers) throws Unusable {
    try {
      JsonNode json = MAPPER.readTree(body.text());
      if (json.isObject()) {
        answered = true;
        EnumSet<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        // Whatever a server repeats of the key goes no further than this line.
        if (key.hideIn(json)) {
          caveats.add(Caveat.KEY_HIDDEN);
        }
        if (body.broken() > 0) {
          caveats.add(Caveat.BROKEN_UTF8);
        }
        return new Answer(json, caveats);
      }
    } catch (JsonProcessingException e) {
      // Jackson's message would repeat the text; its beginning is told below.
    }
    throw refusals.notJson(headers, body.text());
  }

  private HttpResponse<BoundedBytes.Body> send(HttpRequest request, long end) throws Unusable {
    CompletableFuture<HttpResponse<BoundedBytes.Body>> call =
        client.sendAsync(request, head -> new BoundedBytes(settings.maxAnswerBytes()));
    long nanos = Math.min(settings.callTime().toNanos(), end - System.nanoTime());
    try {
      return call.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Unusable("no whole answer within " + words(Duration.ofNanos(nanos)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        Certificates.refusal(request.uri(), cause)
            .ifPresent(
                untrusted -> {
                  throw untrusted;
                });
        throw new Unusable(
            "the connection failed (" + reason(cause) + ")", Optional.empty(), cause);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      call.cancel(true);
    }
  }

  private UserError gaveUp(URI address, int attempts, Unusable failure, Duration wait) {
    boolean patient = attempts >= attempts(failure);
    String problem =
        "%s gave no usable answer in %s %s; the last: %s."
            .formatted(
                address,
                attempts,
                attempts == 1 ? "attempt" : "attempts",
                refusals.beginning(String.valueOf(failure.getMessage())));
    return new UserError(
        patient
            ? problem
            : problem
                + " The next attempt would have to wait %s, beyond the bound of %s."
                    .formatted(words(wait), words(settings.totalTime())),
        "Check that the server runs and has room, then run the same command again; answers that"
            + " came are kept where the command keeps them.",
        failure);
  }

  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers.firstValue("Retry-After").flatMap(text -> Backoff.asked(text, Instant.now()));
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String words(Duration time) {
    return time.toMillis() < 10_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "nothing answers there";
    }
    return e.getMessage() == null ? "it was closed" : e.getMessage();
  }
}
