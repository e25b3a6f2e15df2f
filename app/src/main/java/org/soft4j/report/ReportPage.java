package org.soft4j.report;

import java.util.List;
import java.util.Locale;

/**
 * Everything a report shows, as text ready to be escaped by a template.
 *
 * @param title of the page
 * @param summary what was done, in a sentence
 * @param facts when, how long, of what size and where; in lines, some of them empty
 * @param panels in the order of reading: what came out first, how it was made last
 */
public record ReportPage(String title, String summary, List<String> facts, List<Panel> panels) {
  /** Copies the lists. */
  public ReportPage {
    facts = facts.stream().filter(fact -> !fact.isEmpty()).toList();
    panels = List.copyOf(panels);
  }

  /**
   * A part of the page.
   *
   * @param template name of its partial
   * @param heading over it
   * @param body what the partial shows
   */
  public record Panel(String template, String heading, Object body) {
    /** The heading as an address within the page. */
    public String anchor() {
      return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
  }

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
