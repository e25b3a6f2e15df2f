package org.soft4j.lm.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.lib.expression.ExpressionStrategy;
import com.hubspot.jinjava.mode.ExecutionMode;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  private static final Map<Library, Set<String>> DISABLED =
      Map.of(Library.TAG, Set.of("include", "import", "from", "extends"));

  // Every configuration would make one of its own, which costs more than a rendering.
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String source;
  private final String rewritten;
  private final boolean oneExpression;
  private final Jinjava jinjava = new Jinjava();

  /**
   * Takes a template.
   *
   * @throws UserError if it is too large, or uses a filter or a test that is not supported
   */
  public TextTemplate(String source) {
    TemplateBounds.check(source, problem -> fault(source, problem));
    this.source = source;
    this.rewritten = JinjaDialect.rewritten(source);
    this.oneExpression = ONE_EXPRESSION.matcher(source).matches();
    refuseOthers("filter", JinjaDialect.filters(source), FILTERS);
    refuseOthers("test", JinjaDialect.tests(source), TESTS);
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
    LastValue last = new LastValue();
    RenderResult result = rendered(values, last);
    if (!result.getErrors().isEmpty()) {
      throw fault(source, "cannot be rendered: " + result.getErrors().get(0).getMessage());
    }
    String text = result.getOutput();
    return new Rendered(text, oneExpression ? last.value : text);
  }

  private RenderResult rendered(Map<String, Object> values, LastValue last) {
    try {
      return jinjava.renderForResult(rewritten, values, config(last));
    } catch (TemplateBounds.TooMuchWork e) {
      throw fault(source, "loops without end");
    } catch (StackOverflowError e) {
      throw fault(source, "is nested too deeply");
    }
  }

  /** Writes every expression's value as Python does, and remembers it. */
  private static final class LastValue implements ExpressionStrategy {
    private static final long serialVersionUID = 1L;

    private transient Object value = "";

    @Override
    public RenderedOutputNode interpretOutput(
        ExpressionToken token, JinjavaInterpreter interpreter) {
      value = interpreter.resolveELExpression(token.getExpr(), token.getLineNumber());
      return new RenderedOutputNode(PythonValues.str(value));
    }
  }

  private static JinjavaConfig config(LastValue last) {
    return Jinja.config()
        .withFailOnUnknownTokens(true)
        .withObjectMapper(MAPPER)
        .withDisabled(DISABLED)
        .withExecutionMode(
            new ExecutionMode() {
              @Override
              public void prepareContext(Context context) {
                context.setExpressionStrategy(last);
              }
            })
        .build();
  }

  private void refuseOthers(String kind, Set<String> used, Set<String> known) {
    for (String name : used) {
      if (!known.contains(name)) {
        throw new UserError(
            "The template %s uses the %s %s, which is not supported."
                .formatted(shortened(source), kind, name),
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
