package org.soft4j.cli;

import java.util.List;
import org.soft4j.core.download.DownloadSettings;
import org.soft4j.core.download.Mirrors;
import picocli.CommandLine.Option;

/** The flags that say how the network may be used. */
final class DownloadOptions {
  @Option(
      names = "--mirror",
      paramLabel = "FROM=TO",
      description =
          "Fetch addresses that begin with FROM under TO instead; may be repeated (default:"
              + " SOFT4J_MIRROR, pairs with commas between them).")
  private List<String> mirrors = List.of();

  @Option(
      names = "--offline",
      description = "Do not use the network; report what is missing (default: SOFT4J_OFFLINE).")
  private boolean offline;

  DownloadSettings settings() {
    DownloadSettings standard = DownloadSettings.standard().withMirrors(Mirrors.of(mirrors));
    return offline ? standard.withOffline(true) : standard;
  }
}
