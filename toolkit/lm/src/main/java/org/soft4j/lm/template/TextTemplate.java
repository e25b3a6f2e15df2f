package org.soft4j.lm.template;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.lm.template.filter.Filters;
import org.soft4j.lm.template.value.Rendering;

/**
 * A Jinja template over the fields of a row, rendered as Jinja2 does with strict names and kept
 * line ends: a name that the row lacks is an error, and values are written as Python writes them.
 * It is read once, and rendered any number of times.
 */
public final class TextTemplate {
  /** The filters that a template may use. */
  public static final Set<String> FILTERS = Filters.names();

  private final Engine engine;

  /**
   * Takes a template.
   *
   * @throws UserError if it is too large, or uses what is not supported
   */
  public TextTemplate(String source) {
    this.engine = new Engine(source, Rendering.Rules.TASK, problem -> fault(source, problem));
  }

  /**
   * What a row makes of the template.
   *
   * @param text as it is written
   * @param value the same before it was written, where the template is one expression; else the
   *     text
   */
  public record Rendered(String text, Object value) {}

  /**
   * Renders a row.
   *
   * @param row texts, numbers, truth values, nulls, lists and maps by name
   * @throws UserError if a name is not in the row, or an expression cannot be worked out
   */
  public Rendered render(Map<String, ?> row) {
    return engine.value(row, Clock.system(ZoneId.systemDefault()));
  }

  private static UserError fault(String source, String problem) {
    return new UserError(
        "The template %s %s.".formatted(shortened(source), problem.replaceAll("\\.$", "")),
        "A template takes a row's fields by name, such as {{question}}, with Jinja's if, for and"
            + " filters. Filters: "
            + String.join(", ", FILTERS)
            + ".");
  }

  private static String shortened(String source) {
    String line = PythonValues.repr(source);
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }
}
