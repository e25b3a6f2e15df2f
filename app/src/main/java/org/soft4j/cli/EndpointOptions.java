package org.soft4j.cli;

import org.soft4j.core.UserError;
import org.soft4j.lm.remote.RemoteSettings;
import picocli.CommandLine.Option;

/** The flags that say how an endpoint is called. */
final class EndpointOptions {
  @Option(
      names = "--concurrency",
      defaultValue = "4",
      paramLabel = "N",
      description = "Calls under way at an endpoint (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  RemoteSettings settings() {
    if (concurrency < 1) {
      throw new UserError(
          "--concurrency is %s.".formatted(concurrency), "Give a number of 1 or more.");
    }
    return RemoteSettings.DEFAULT.withConcurrency(concurrency);
  }
}
