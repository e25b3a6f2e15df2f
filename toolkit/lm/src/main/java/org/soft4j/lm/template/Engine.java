package org.soft4j.lm.template;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.soft4j.core.UserError;
import org.soft4j.lm.template.syntax.StatementParser;
import org.soft4j.lm.template.tree.Template;
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
    this.template = guarded("read", () -> StatementParser.read(source, rules));
  }

  /** What the template writes of some values. */
  String render(Map<String, ?> values, Clock clock) {
    return guarded("rendered", () -> template.render(rendering(values, clock)));
  }

  /** The value of its only expression, or what it writes, beside that as a text. */
  TextTemplate.Rendered value(Map<String, ?> values, Clock clock) {
    return guarded("rendered", () -> written(template.value(rendering(values, clock))));
  }

  private static TextTemplate.Rendered written(Object value) {
    return new TextTemplate.Rendered(PythonValues.str(value), value);
  }

  private Rendering rendering(Map<String, ?> values, Clock clock) {
    Map<String, Object> given = new LinkedHashMap<>();
    values.forEach((name, value) -> given.put(name, PythonValues.forTemplate(value)));
    return new Rendering(given, rules, clock);
  }

  private <T> T guarded(String done, Supplier<T> work) {
    try {
      return work.get();
    } catch (TemplateFault.Refusal refusal) {
      throw new UserError(
          "The chat template says: " + shortened(refusal.getMessage()),
          "Give the messages in an order and with roles that this model knows.");
    } catch (TemplateFault.TooMuch fault) {
      throw error.apply(fault.getMessage() + ": no template in use is like this");
    } catch (TemplateFault fault) {
      throw undone(done, fault.line(), fault.getMessage());
    } catch (ArithmeticException e) {
      throw undone(done, 0, "a number of more than 64 bits stands where none is supported");
    } catch (StackOverflowError e) {
      throw error.apply("is nested too deeply");
    }
  }

  private UserError undone(String done, int line, String problem) {
    String where = line == 0 ? "" : ", line " + line;
    return error.apply("cannot be " + done + where + ": " + shortened(problem));
  }

  /** A message that may hold a whole template, cut to what people read. */
  private static String shortened(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
  }
}
