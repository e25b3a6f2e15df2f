package org.soft4j.settings;

import java.util.Optional;
import org.soft4j.core.Setting;
import org.soft4j.lm.remote.LoraRoutes;

/** The server that writes a run's labels, and how adapters reach it. */
public record ServerSettings(
    @Setting(
            value =
                "Server that writes the labels and is measured, http(s)://host:8000/v1#base; the"
                    + " model named by --model is the same one, and learns here.",
            flag = "--label-endpoint",
            label = "URL",
            values = "address, or empty")
        String address,
    @Setting(
            value =
                "Folder through which adapters reach the server: an absolute path, or LOCAL=SERVER"
                    + " where the server sees it under another name; empty for one in the run's"
                    + " folder.",
            flag = "--adapter-path",
            label = "PATH",
            values = "path, or local=server")
        String adapterPath,
    @Setting(
            value = "How the server loads adapters: auto (as it says of itself), vllm or sglang.",
            flag = "--adapter-routes",
            label = "R")
        Routes routes,
    @Setting(
            value = "Calls to the server under way at the same time.",
            flag = "--label-concurrency",
            label = "N",
            unit = "calls")
        int concurrency) {
  static final ServerSettings DEFAULT = new ServerSettings("", "", Routes.AUTO, 32);

  /** How a server loads adapters. */
  public enum Routes {
    /** As the server says of itself. */
    AUTO,
    /** vLLM's routes. */
    VLLM,
    /** SGLang's routes. */
    SGLANG;

    /** The routes, where they are named. */
    public Optional<LoraRoutes> named() {
      return this == AUTO ? Optional.empty() : Optional.of(LoraRoutes.valueOf(name()));
    }
  }

  /** Checks the range. */
  public ServerSettings {
    EndpointSettings.positive("server.concurrency", concurrency);
  }

  /** Whether labels come from a server. */
  public boolean labels() {
    return !address.isEmpty();
  }
}
