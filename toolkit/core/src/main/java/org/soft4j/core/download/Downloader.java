package org.soft4j.core.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;

/**
 * Downloads one file, whole and verified or not at all. What has arrived before a break stays
 * beside the target, and the next attempt, or the next call, goes on from there.
 */
public final class Downloader {
  private final DownloadSettings settings;
  private final Backoff backoff;
  private final HttpClient client;

  /** Fetches with this patience, from these mirrors. */
  public Downloader(DownloadSettings settings) {
    this.settings = settings;
    this.backoff =
        new Backoff(
            settings.firstWait(),
            settings.longestWait(),
            () -> ThreadLocalRandom.current().nextDouble());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Certificates.context())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connecting())
            .build();
  }

  /**
   * Brings a file to its place.
   *
   * @param target where it is to stand; its folder is made where missing
   * @param progress hears of it, on any thread
   * @return the file's sha256 in lower-case hex
   * @throws UserError where it cannot be had; then nothing stands at the target that did not before
   * @throws IOException where this machine's disk fails
   */
  public String fetch(RemoteFile file, Path target, DownloadProgress progress) throws IOException {
    return fetch(file, target, progress, digest -> {});
  }

  /**
   * As above.
   *
   * @param arrived takes the sha256 before the file stands in its place, so that nothing stands
   *     there of which its caller knows nothing, should this process be killed
   */
  public String fetch(
      RemoteFile file, Path target, DownloadProgress progress, Consumer<String> arrived)
      throws IOException {
    URI address = settings.mirrors().of(file.address());
    requireNetwork(address, target);
    Addresses.requireSafe(address);
    Files.createDirectories(target.toAbsolutePath().getParent());
    PartFile part = new PartFile(target.toAbsolutePath());
    for (int attempt = 1; ; attempt++) {
      try {
        String digest = attempt(file, address, part, progress);
        arrived.accept(digest);
        part.keep();
        return digest;
      } catch (Passing fault) {
        Duration wait = backoff.after(attempt, fault.asked());
        if (attempt >= settings.attempts() || wait.compareTo(settings.longestWait()) > 0) {
          throw gaveUp(address, attempt, part, fault);
        }
        pause(wait);
      }
    }
  }

  private String attempt(RemoteFile file, URI address, PartFile part, DownloadProgress progress)
      throws IOException {
    Attempt attempt = new Attempt(client, settings.silence(), file, part, progress);
    String digest = lies(file, part) ? Sha256.hex(part.digest()) : attempt.receive(address);
    long size = part.size();
    if (file.sha256().isEmpty() || file.sha256().get().equals(digest)) {
      return digest;
    }
    if (size < file.bytes()) {
      throw new Passing("the answer ended after %s of %s bytes".formatted(size, file.bytes()));
    }
    part.discard();
    if (attempt.resumed()) {
      throw new Passing("what was gone on with is not the file; it is fetched from its start");
    }
    throw new UserError(
        "%s has sha256 %s, and %s was expected."
            .formatted(Addresses.shown(address), digest, file.sha256().get()),
        "The file was changed or damaged on its way; nothing was kept. Try again later.");
  }

  /** A break after the last byte leaves nothing to ask for. */
  private static boolean lies(RemoteFile file, PartFile part) throws IOException {
    return file.sha256().isPresent() && part.size() == file.bytes() && file.bytes() > 0;
  }

  private void requireNetwork(URI address, Path target) {
    if (settings.offline()) {
      throw new UserError(
          target + " is not here, and the network is to be left alone (offline).",
          "Fetch it without --offline and SOFT4J_OFFLINE, from "
              + Addresses.shown(address)
              + ", or copy the folder from a machine that has it.");
    }
  }

  private static UserError gaveUp(URI address, int attempts, PartFile part, Passing fault)
      throws IOException {
    long have = part.size();
    return new UserError(
        "Cannot fetch %s in %s %s; the last: %s"
            .formatted(
                Addresses.shown(address),
                attempts,
                attempts == 1 ? "attempt" : "attempts",
                fault.getMessage()),
        have > 0
            ? "Run the same command again; %s bytes are here, and it goes on from there."
                .formatted(have)
            : "Check the network and the proxy (SOFT4J_JAVA_OPTIONS=\"-Dhttps.proxyHost=…"
                + " -Dhttps.proxyPort=…\"), or name a mirror (--mirror FROM=TO).",
        fault);
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("The download was interrupted.", "Run the same command to go on.", e);
    }
  }
}
