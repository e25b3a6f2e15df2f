package org.soft4j.lm.template;

import com.hubspot.jinjava.interpret.RenderResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.soft4j.error.UserError;

/**
 * A Jinja template over the fields of a row, rendered as Jinja2 does with strict names and kept
 * line ends: a name that the row lacks is an error, and values are written as Python writes them.
 *
 * <p>A template is data from anywhere: its work is bounded as that of chat templates, and it reads
 * no other file. Filters beyond {@link #FILTERS} are refused, since jinjava's may differ.
 */
public final class TextTemplate {
  /** The filters that a template may use. */
  public static final Set<String> FILTERS =
      Set.of(
          "capitalize",
          "count",
          "first",
          "float",
          "int",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "replace",
          "reverse",
          "sort",
          "string",
          "title",
          "trim",
          "upper");

  private static final Set<String> TESTS =
      Set.of("defined", "undefined", "string", "number", "mapping", "even", "odd");

  private static final Pattern ONE_EXPRESSION =
      Pattern.compile("\\{\\{(?:(?!\\{\\{|}}|\\{%).)*}}", Pattern.DOTALL);

  private final String source;
  private final TemplateCompiler.Compiled template;
  private final boolean oneExpression;
  private final Jinja jinja;

  /**
   * Takes a template.
   *
   * @throws UserError if it is too large, or uses a filter or a test that is not supported
   */
  public TextTemplate(String source) {
    TemplateBounds.check(source, problem -> fault(source, problem));
    this.source = source;
    this.template = compiled(source);
    this.jinja = new Jinja(template, true);
    this.oneExpression = ONE_EXPRESSION.matcher(source).matches();
    refuseOthers("filter", template.filters(), FILTERS);
    refuseOthers("test", template.tests(), TESTS);
  }

  private static TemplateCompiler.Compiled compiled(String source) {
    try {
      return TemplateCompiler.compiled(source, false);
    } catch (TemplateSyntax e) {
      throw fault(source, "cannot be read, " + e.inLine(source));
    } catch (StackOverflowError e) {
      throw fault(source, "is nested too deeply");
    }
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
    Map<String, Object> values = new LinkedHashMap<>();
    row.forEach((name, value) -> values.put(name, PythonValues.forTemplate(value)));
    AtomicReference<Object> last = new AtomicReference<>("");
    RenderResult result = rendered(values, last);
    if (!result.getErrors().isEmpty()) {
      throw fault(
          source,
          "cannot be rendered: "
              + TemplateSyntax.shortened(String.valueOf(result.getErrors().get(0).getMessage())));
    }
    String text = result.getOutput();
    return new Rendered(text, oneExpression ? last.get() : text);
  }

  private RenderResult rendered(Map<String, Object> values, AtomicReference<Object> last) {
    try {
      return jinja.renderForResult(template.text(), values, Jinja.config(last::set));
    } catch (TemplateBounds.TooMuchWork e) {
      throw fault(source, "loops without end");
    } catch (StackOverflowError e) {
      throw fault(source, "is nested too deeply");
    }
  }

  private void refuseOthers(String kind, Set<String> used, Set<String> known) {
    for (String name : used) {
      if (!known.contains(name)) {
        throw new UserError(
            "The template %s uses the %s %s, which is not supported."
                .formatted(shortened(source), kind, TemplateSyntax.shortened(name)),
            "Known: " + String.join(", ", new TreeSet<>(known)) + ".");
      }
    }
  }

  private static UserError fault(String source, String problem) {
    return new UserError(
        "The template %s %s.".formatted(shortened(source), problem.replaceAll("\\.$", "")),
        "A template takes a row's fields by name, such as {{question}}, with Jinja's if, for and"
            + " filters.");
  }

  private static String shortened(String source) {
    String line = PythonValues.repr(source);
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }
}
