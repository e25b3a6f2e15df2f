package org.soft4j.report;

import java.util.List;

/**
 * Everything a report shows, as text ready to be escaped by a template.
 *
 * @param title of the page
 * @param summary what was done, in a sentence
 * @param panels in the order of reading: what came out first, how it was made last
 */
public record ReportPage(String title, String summary, List<Panel> panels) {
  public ReportPage {
    panels = List.copyOf(panels);
  }

  /**
   * A part of the page.
   *
   * @param template name of its partial
   * @param heading over it
   * @param body what the partial shows
   */
  public record Panel(String template, String heading, Object body) {}

  /** The body of the panel that a partial shows. */
  public Object body(String template) {
    return panels.stream()
        .filter(panel -> panel.template().equals(template))
        .findFirst()
        .orElseThrow()
        .body();
  }

  /** A name and its value. */
  public record Fact(String name, String value) {}
}
