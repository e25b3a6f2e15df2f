package org.soft4j.core.download;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How patiently to fetch, and from where.
 *
 * @param connecting longest wait for a connection
 * @param silence longest wait in which not a byte arrives
 * @param attempts per file
 * @param firstWait after the first attempt that failed; doubled each time
 * @param longestWait bound on the doubling, and on what a server may ask for
 * @param mirrors other places to fetch from
 * @param offline whether the network must be left alone
 */
public record DownloadSettings(
    Duration connecting,
    Duration silence,
    int attempts,
    Duration firstWait,
    Duration longestWait,
    Mirrors mirrors,
    boolean offline) {
  /** Fit for people's networks; no mirror. */
  public static final DownloadSettings DEFAULT =
      new DownloadSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          5,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Mirrors.NONE,
          false);

  /** The defaults, with SOFT4J_MIRROR (pairs with commas between them) and SOFT4J_OFFLINE. */
  public static DownloadSettings standard() {
    return of(System.getenv());
  }

  static DownloadSettings of(Map<String, String> environment) {
    String mirrors = environment.getOrDefault("SOFT4J_MIRROR", "");
    String offline = environment.getOrDefault("SOFT4J_OFFLINE", "");
    List<String> pairs = mirrors.isBlank() ? List.of() : List.of(mirrors.split(","));
    return DEFAULT
        .withMirrors(Mirrors.of(pairs))
        .withOffline(!offline.isBlank() && !offline.equals("0") && !offline.equals("false"));
  }

  /** These settings with further mirrors, which win. */
  public DownloadSettings withMirrors(Mirrors more) {
    return new DownloadSettings(
        connecting, silence, attempts, firstWait, longestWait, more.orElse(mirrors), offline);
  }

  /** These settings, off the network or on it. */
  public DownloadSettings withOffline(boolean off) {
    return new DownloadSettings(
        connecting, silence, attempts, firstWait, longestWait, mirrors, off);
  }

  /** These settings with another number of attempts. */
  public DownloadSettings withAttempts(int number) {
    return new DownloadSettings(
        connecting, silence, number, firstWait, longestWait, mirrors, offline);
  }
}
