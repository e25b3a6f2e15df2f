package org.soft4j.lm.template;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.expression.ExpressionStrategy;
import com.hubspot.jinjava.mode.ExecutionMode;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.util.function.Consumer;
import jinjava.javax.el.ExpressionFactory;

/**
 * jinjava, with the expressions of one template worked out as Python's Jinja does: jinjava has a
 * language of its own, which reads some of them otherwise without a word.
 */
final class Jinja extends Jinjava {
  // Every configuration would make one of its own, which costs more than a rendering.
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ExpressionFactory expressions;

  Jinja(TemplateCompiler.Compiled template, boolean strict) {
    this.expressions = new CompiledExpressions(template.expressions(), strict);
    registerTag(new LoopTag(strict));
    registerTag(new ChoiceTag());
  }

  @Override
  public ExpressionFactory getExpressionFactory() {
    return expressions;
  }

  /**
   * The bounds of one rendering.
   *
   * @param written is told the value of every expression that is written
   */
  static JinjavaConfig config(Consumer<Object> written) {
    return JinjavaConfig.newBuilder()
        // Otherwise braces in a text that is filled in would be run as a template.
        .withNestedInterpretationEnabled(false)
        .withProcessors(
            JinjavaProcessors.newBuilder().withNodePreProcessor(new TemplateBounds()).build())
        .withMaxOutputSize(Scope.CHARACTERS)
        .withMaxStringLength(Scope.CHARACTERS)
        .withMaxListSize(Scope.ELEMENTS)
        .withMaxMapSize(Scope.ELEMENTS)
        .withObjectMapper(MAPPER)
        .withExecutionMode(writing(new Writing(written)))
        .build();
  }

  private static ExecutionMode writing(ExpressionStrategy strategy) {
    return new ExecutionMode() {
      @Override
      public void prepareContext(Context context) {
        context.setExpressionStrategy(strategy);
      }
    };
  }

  /** What an expression sees while a template is rendered. */
  static Scope scope(JinjavaInterpreter interpreter, boolean strict) {
    TemplateBounds bounds =
        (TemplateBounds) interpreter.getConfig().getProcessors().getNodePreProcessor();
    return new Scope(interpreter, bounds, strict);
  }

  /** Writes every expression's value as Python does. */
  private static final class Writing implements ExpressionStrategy {
    private static final long serialVersionUID = 1L;

    private final transient Consumer<Object> written;

    Writing(Consumer<Object> written) {
      this.written = written;
    }

    @Override
    public RenderedOutputNode interpretOutput(
        ExpressionToken token, JinjavaInterpreter interpreter) {
      Object value = interpreter.resolveELExpression(token.getExpr(), token.getLineNumber());
      return new RenderedOutputNode(value instanceof Written text ? text.tell(written) : "");
    }
  }

  /** A value beside its text, which is made where errors are noted. */
  record Written(Object value, String text) {
    private String tell(Consumer<Object> listener) {
      listener.accept(value);
      return text;
    }
  }
}
