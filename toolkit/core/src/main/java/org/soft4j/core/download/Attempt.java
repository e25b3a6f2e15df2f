package org.soft4j.core.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;

/** One attempt to receive what is missing of a file, redirects included. */
final class Attempt {
  private static final int MOST_REDIRECTS = 5;
  // A server that sends a byte now and then would hold a command for ever.
  private static final int FEWEST_BYTES = 1024;

  private final HttpClient client;
  private final Duration silence;
  private final RemoteFile file;
  private final PartFile part;
  private final DownloadProgress progress;
  private final long have;
  private volatile Optional<FileBody> body = Optional.empty();
  private boolean over;

  Attempt(
      HttpClient client,
      Duration silence,
      RemoteFile file,
      PartFile part,
      DownloadProgress progress)
      throws IOException {
    this.client = client;
    this.silence = silence;
    this.file = file;
    this.part = part;
    this.progress = progress;
    this.have = resumable() ? part.size() : 0;
  }

  /**
   * A part can be gone on with where the server, or in the end the digest, tells a changed file.
   */
  private boolean resumable() throws IOException {
    return part.tag().isPresent() || file.sha256().isPresent();
  }

  /** Whether the file's first bytes are from an earlier attempt. */
  boolean resumed() {
    return have > 0;
  }

  /** Receives until the file is whole; returns the digest of all of it. */
  String receive(URI first) throws IOException {
    URI address = first;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Answer answer = ask(address);
      Optional<URI> next = answer.redirect();
      if (next.isEmpty()) {
        return digest(answer);
      }
      if (!Addresses.mayLead(address, next.get())) {
        throw new UserError(
            Addresses.shown(address)
                + " leads to "
                + Addresses.shown(next.get())
                + ", which is not an https address.",
            "Nothing was fetched from there; try a mirror (--mirror FROM=TO).");
      }
      address = next.get();
    }
    throw new UserError(
        Addresses.shown(first) + " leads on more than " + MOST_REDIRECTS + " times.",
        "Try a mirror (--mirror FROM=TO).");
  }

  private String digest(Answer answer) throws IOException {
    if (body.isPresent()) {
      return body.get().sha256();
    }
    if (answer.length() > file.mostBytes()) {
      throw tooLong(answer.length() + " bytes");
    }
    if (have > 0 && answer.refusesRange()) {
      part.discard();
      throw new Passing(
          Addresses.shown(answer.address()) + " does not go on from byte " + have + ".");
    }
    throw answer.fault();
  }

  private Answer ask(URI address) throws IOException {
    over = false;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept-Encoding", "identity");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
      part.tag().ifPresent(tag -> request.header("If-Range", tag));
    }
    CompletableFuture<HttpResponse<Boolean>> call =
        client.sendAsync(request.build(), head -> sink(address, head));
    try {
      HttpResponse<Boolean> response = patiently(address, call);
      if (body.isPresent() && !response.body()) {
        part.discard();
        throw tooLong("more than " + file.mostBytes() + " bytes");
      }
      return new Answer(address, response.statusCode(), response.headers());
    } finally {
      call.cancel(true);
      end();
    }
  }

  /** An answer that comes later than our patience must not touch the next attempt's file. */
  private synchronized void end() throws IOException {
    over = true;
    if (body.isPresent()) {
      body.get().close();
    }
  }

  /** Only an answer that can be this file is written. */
  private synchronized BodySubscriber<Boolean> sink(URI address, ResponseInfo head) {
    Answer answer = new Answer(address, head.statusCode(), head.headers());
    boolean continued = have > 0 && answer.continues(have);
    long start = continued ? have : 0;
    boolean ours = continued || answer.whole();
    if (over || !ours || start + answer.length() > file.mostBytes()) {
      return new NoBody();
    }
    try {
      long total = answer.length() < 0 ? -1 : start + answer.length();
      requireRoom(answer.length());
      var digest = continued ? part.digest() : Sha256.start();
      var channel = continued ? part.continued() : part.restarted(answer.strongTag());
      FileBody sink =
          new FileBody(
              channel,
              start,
              digest,
              file.mostBytes(),
              size -> progress.at(file.name(), size, total));
      body = Optional.of(sink);
      return sink;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits as long as enough arrives. */
  private HttpResponse<Boolean> patiently(
      URI address, CompletableFuture<HttpResponse<Boolean>> call) throws IOException {
    long seen = -1;
    while (true) {
      try {
        return call.get(silence.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long size = body.map(FileBody::size).orElse(-1L);
        if (size == seen) {
          throw new Passing("nothing came for " + silence.toMillis() + " ms");
        }
        if (seen >= 0 && size - seen < FEWEST_BYTES) {
          throw new Passing(
              "only %s bytes came in %s ms".formatted(size - seen, silence.toMillis()));
        }
        seen = size;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserError("The download was interrupted.", "Run the same command to go on.", e);
      } catch (ExecutionException e) {
        throw fault(address, e.getCause());
      }
    }
  }

  private static IOException fault(URI address, Throwable cause) {
    if (cause instanceof UserError known) {
      throw known;
    }
    Certificates.refusal(address, cause)
        .ifPresent(
            untrusted -> {
              throw untrusted;
            });
    if (cause instanceof FileBody.DiskFault || cause instanceof UncheckedIOException) {
      return (IOException) cause.getCause();
    }
    if (cause instanceof IOException broken) {
      String why =
          broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
      return new Passing("the connection failed (" + why + ")", Optional.empty(), broken);
    }
    throw new IllegalStateException(cause);
  }

  private UserError tooLong(String seen) {
    return new UserError(
        "%s sends %s where %s at most were expected."
            .formatted(Addresses.shown(file.address()), seen, file.mostBytes()),
        "It is not the file that the catalogue means; nothing was kept. Try a mirror"
            + " (--mirror FROM=TO).");
  }

  private void requireRoom(long bytes) throws IOException {
    long room = Files.getFileStore(part.target().getParent()).getUsableSpace();
    if (bytes > room) {
      throw new UserError(
          "%s needs %s bytes, and its disk has %s left.".formatted(part.target(), bytes, room),
          "Free some space, or set SOFT4J_HOME to a folder on another disk.");
    }
  }
}
