package org.soft4j.lm.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.soft4j.error.UserError;
import org.soft4j.lm.files.FileDigest;

/**
 * Downloads one file, whole and verified or not at all. What has arrived before a break stays
 * beside the target, and the next call goes on from there.
 */
final class Downloader {
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  /** Returns the file's sha256 in lower-case hex. */
  String fetch(RemoteFile file, Path target, DownloadProgress progress) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.createDirectories(target.getParent());
    receive(file, part, progress);
    String digest = FileDigest.of(part);
    if (file.sha256().isPresent() && !file.sha256().get().equals(digest)) {
      Files.delete(part);
      throw new UserError(
          "%s has sha256 %s, and %s was expected."
              .formatted(file.address(), digest, file.sha256().get()),
          "The file was changed or damaged on its way; nothing was kept. Try again later.");
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return digest;
  }

  private void receive(RemoteFile file, Path part, DownloadProgress progress) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    // A part of another version of the file must not be continued: the server compares the tag.
    Path tagFile = part.resolveSibling(part.getFileName() + ".etag");
    Optional<String> tag =
        Files.exists(tagFile) ? Optional.of(Files.readString(tagFile)) : Optional.empty();
    boolean resumes = have > 0 && tag.isPresent();
    HttpResponse<InputStream> response = send(file, resumes ? have : 0, tag);
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (resumes && status == RANGE_NOT_SATISFIABLE) {
        Files.delete(part);
        receive(file, part, progress);
        return;
      }
      boolean continued = resumes && status == PARTIAL_CONTENT && startsAt(response, have);
      if (!continued && status != 200) {
        throw new UserError(
            file.address() + " answers with HTTP status " + status + ".",
            "Check the network, or try again later.");
      }
      long start = continued ? have : 0;
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      long total = length < 0 ? -1 : start + length;
      if (!continued) {
        Files.deleteIfExists(tagFile);
        Files.deleteIfExists(part);
        Optional<String> strong = strongTag(response);
        if (strong.isPresent()) {
          Files.writeString(tagFile, strong.get());
        }
      }
      requireRoom(part, length);
      copy(file, body, part, start, total, progress);
    }
    Files.deleteIfExists(tagFile);
  }

  /** Weak tags promise equal meaning, not equal bytes. */
  private static Optional<String> strongTag(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").filter(tag -> tag.startsWith("\""));
  }

  private static boolean startsAt(HttpResponse<?> response, long offset) {
    return response
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + offset + "-"))
        .isPresent();
  }

  private HttpResponse<InputStream> send(RemoteFile file, long from, Optional<String> tag)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(file.address()).timeout(Duration.ofSeconds(60));
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-").header("If-Range", tag.orElseThrow());
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("The download was interrupted.", "Run the same command to go on.", e);
    } catch (IOException e) {
      throw new UserError(
          "Cannot reach " + file.address() + ": " + reason(e),
          "Check the network and the proxy settings, or bring the files here by hand.",
          e);
    }
  }

  private static void copy(
      RemoteFile file,
      InputStream body,
      Path part,
      long start,
      long total,
      DownloadProgress progress)
      throws IOException {
    long done = start;
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = read(file, body, buffer, done, total);
          n >= 0;
          n = read(file, body, buffer, done, total)) {
        out.write(buffer, 0, n);
        done += n;
        progress.at(file.name(), done, total);
      }
    }
    if (total >= 0 && done != total) {
      throw broken(file, done, total, null);
    }
  }

  private static int read(RemoteFile file, InputStream body, byte[] buffer, long done, long total) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw broken(file, done, total, e);
    }
  }

  private static UserError broken(RemoteFile file, long done, long total, IOException cause) {
    return new UserError(
        "The connection ended after %d of %d bytes of %s.".formatted(done, total, file.name()),
        "Run the same command again; it goes on from there.",
        cause);
  }

  private static void requireRoom(Path part, long bytes) throws IOException {
    long room = Files.getFileStore(part.getParent()).getUsableSpace();
    if (bytes > room) {
      throw new UserError(
          "%s needs %d bytes, and its disk has %d left.".formatted(part, bytes, room),
          "Free some space, or set SOFT4J_HOME to a folder on another disk.");
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
