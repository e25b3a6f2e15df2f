package org.soft4j.lm.template;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.soft4j.core.UserError;
import org.soft4j.lm.template.node.Template;
import org.soft4j.lm.template.syntax.BlockParser;
import org.soft4j.lm.template.syntax.SourceBounds;
import org.soft4j.lm.template.syntax.SyntaxFault;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/** A template that has been read, with its faults told as people need them. */
final class Engine {
  private static final int LONGEST = 400;

  private final Template template;
  private final Rendering.Rules rules;
  private final Function<String, UserError> error;

  /**
   * Reads a template.
   *
   * @param error makes an error of what a template is or does, as in: cannot be read, line 1: ...
   * @throws UserError if it is too large, is no template, or uses what is not supported
   */
  Engine(String source, Rendering.Rules rules, Function<String, UserError> error) {
    this.rules = rules;
    this.error = error;
    Optional<String> exceeded = SourceBounds.exceeded(source);
    if (exceeded.isPresent()) {
      throw error.apply(exceeded.get() + ": no template in use is like this");
    }
    try {
      this.template = BlockParser.read(source, rules);
    } catch (SyntaxFault fault) {
      throw unreadable(fault.line(), fault.getMessage());
    } catch (TemplateFault fault) {
      throw unreadable(fault.line(), fault.getMessage());
    } catch (StackOverflowError e) {
      throw error.apply("is nested too deeply");
    }
  }

  private UserError unreadable(int line, String problem) {
    return error.apply("cannot be read, line " + line + ": " + shortened(problem));
  }

  /** What the template writes of some values. */
  String render(Map<String, ?> values, Clock clock) {
    return guarded(values, clock, template::render);
  }

  /** The value of its only expression, or what it writes, beside that as a text. */
  TextTemplate.Rendered value(Map<String, ?> values, Clock clock) {
    return guarded(values, clock, rendering -> written(template.value(rendering)));
  }

  private static TextTemplate.Rendered written(Object value) {
    return new TextTemplate.Rendered(PythonValues.str(value), value);
  }

  private <T> T guarded(Map<String, ?> values, Clock clock, Function<Rendering, T> run) {
    Map<String, Object> given = new LinkedHashMap<>();
    values.forEach((name, value) -> given.put(name, PythonValues.forTemplate(value)));
    try {
      return run.apply(new Rendering(given, rules, clock));
    } catch (TemplateFault.Refusal refusal) {
      throw new UserError(
          "The chat template says: " + shortened(refusal.getMessage()),
          "Give the messages in an order and with roles that this model knows.");
    } catch (TemplateFault.TooMuch fault) {
      throw error.apply(fault.getMessage() + ": no template in use is like this");
    } catch (TemplateFault fault) {
      throw unrendered(fault.line(), fault.getMessage());
    } catch (ArithmeticException e) {
      throw unrendered(0, "a number of more than 64 bits stands where none is supported");
    } catch (StackOverflowError e) {
      throw error.apply("is nested too deeply");
    }
  }

  private UserError unrendered(int line, String problem) {
    String where = line == 0 ? "" : ", line " + line;
    return error.apply("cannot be rendered" + where + ": " + shortened(problem));
  }

  /** A message that may hold a whole template, cut to what people read. */
  private static String shortened(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
  }
}
