package org.soft4j.report;

import java.util.List;

/** How to make the same again, with every setting and the machine, from run.json or eval.json. */
public final class OriginPanel {
  private OriginPanel() {}

  /**
   * The body.
   *
   * @param again the command that makes the same again; empty where it is not recorded
   * @param settings options and where each came from
   * @param environment model, data, versions, machine
   */
  public record Body(String again, List<Setting> settings, List<ReportPage.Fact> environment) {}

  /** An option, its value and where the value came from. */
  public record Setting(String key, String value, String origin) {}

  static ReportPage.Panel of(RunReader files) {
    RunDescription description = new RunDescription(files.description());
    return new ReportPage.Panel(
        "origin",
        "Make it again",
        new Body(
            files.evaluation() ? evaluation(description) : description.again(),
            description.settings(),
            description.environment()));
  }

  private static String evaluation(RunDescription description) {
    var settings = description.run().path("settings");
    StringBuilder command = new StringBuilder("./soft4j eval");
    for (String flag :
        List.of("model", "adapter", "template", "tasks", "shots", "limit", "data", "seed")) {
      String value = settings.path(flag).asText().replaceAll("\\s", " ");
      if (!value.isEmpty()) {
        command.append(" --").append(flag).append(' ').append(quoted(value));
      }
    }
    settings.properties().stream()
        .filter(e -> e.getKey().startsWith("options."))
        .forEach(
            e ->
                command
                    .append(" --option ")
                    .append(
                        quoted(
                            e.getKey().substring("options.".length())
                                + "="
                                + e.getValue().asText())));
    return command
        .append(settings.path("apply_chat_template").asBoolean() ? " --apply-chat-template" : "")
        .append(" --out DIR")
        .toString();
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
