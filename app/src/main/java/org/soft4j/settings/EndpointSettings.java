package org.soft4j.settings;

import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.lm.remote.RemoteSettings;
import org.soft4j.lm.remote.RemoteSettings.Texts;

/** How the endpoint of an evaluated model is called. */
public record EndpointSettings(
    @Setting(
            value = "Which of an endpoint's models, where its address does not say so.",
            flag = "--model-name",
            label = "NAME")
        String model,
    @Setting(
            value =
                "Endpoint: send texts as they are (/completions) rather than as chat messages, for"
                    + " models that know no chat.",
            flag = "--plain-texts")
        boolean plainTexts,
    @Setting(
            value = "Concurrent calls to an endpoint.",
            flag = "--concurrency",
            label = "N",
            unit = "calls")
        int concurrency) {
  static final EndpointSettings DEFAULT =
      new EndpointSettings("", false, RemoteSettings.DEFAULT.concurrency());

  /** Checks the range. */
  public EndpointSettings {
    positive("endpoint.concurrency", concurrency);
  }

  static void positive(String name, int value) {
    if (value < 1) {
      throw new UserError(name + " is " + value + ".", "Give a number of 1 or more.");
    }
  }

  /** Bounds on calls, and how texts are sent. */
  public RemoteSettings calls() {
    return RemoteSettings.DEFAULT
        .withConcurrency(concurrency)
        .withTexts(plainTexts ? Texts.AS_THEY_ARE : Texts.AS_CONVERSATIONS);
  }
}
