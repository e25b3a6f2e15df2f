package org.soft4j.lm.template.value;

import static org.soft4j.lm.template.value.Functions.function;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** One rendering of a template: what it is given, by which rules, and what it may still spend. */
public final class Rendering extends Bounds {
  private static final Functions<Rendering> ALL =
      Functions.of(
          function("range(start, stop, step, /)", (r, self, given) -> Range.of(r, given)),
          function("namespace(*)", (r, self, given) -> Namespace.of(r, given)),
          function("dict(*)", (r, self, given) -> Dictionaries.dict(r, given)),
          function("lipsum(*)", (r, self, given) -> refuseFunction("lipsum")),
          function("cycler(*)", (r, self, given) -> refuseFunction("cycler")),
          function("joiner(*)", (r, self, given) -> refuseFunction("joiner")));

  private static final Functions<Rendering> OF_CHATS =
      ALL.and(
          Functions.of(
              function("raise_exception(message)", (r, self, given) -> refuse(given)),
              function("strftime_now(format)", (r, self, given) -> self.time(given))));

  private final Map<String, Object> variables;
  private final Rules rules;
  private final Clock clock;

  /**
   * Begins a rendering.
   *
   * @param variables that the template is given
   * @param clock that strftime_now reads
   */
  public Rendering(Map<String, Object> variables, Rules rules, Clock clock) {
    this.variables = Map.copyOf(variables);
    this.rules = rules;
    this.clock = clock;
  }

  /** The two environments in which templates are written to be rendered. */
  public enum Rules {
    /**
     * transformers' for chat templates: Jinja2's immutable sandbox, blocks trimmed, break and
     * continue, generation blocks, a tojson without HTML.
     */
    CHAT,
    /**
     * lm-evaluation-harness's for task files: strict names, kept line ends, Jinja2's own filters.
     */
    TASK
  }

  /** A variable that was given, or a function that every template knows. */
  public Optional<Object> variable(String name) {
    Object given = variables.get(name);
    Functions<Rendering> functions = rules == Rules.CHAT ? OF_CHATS : ALL;
    return given == null
        ? functions.method(this, name).map(function -> (Object) function)
        : Optional.of(given);
  }

  private static Object refuseFunction(String name) {
    throw new TemplateFault("the function " + name + " is not supported");
  }

  private static Object refuse(Arguments given) {
    throw new TemplateFault.Refusal(Repr.str(given.required("message")));
  }

  private String time(Arguments given) {
    return PythonClock.format(clock, given.text("format"));
  }

  /** Whether a template may change no value, as in transformers. */
  public boolean sandboxed() {
    return rules == Rules.CHAT;
  }

  public Rules rules() {
    return rules;
  }

  /** What stands for a value that is not there. */
  public Undefined undefined(String name) {
    return new Undefined(name, rules == Rules.TASK);
  }

  /** Python's str() of a value; what is no text yet costs more than one. */
  public String str(Object value) {
    String text = Repr.str(value);
    readAll(SafeText.isText(value) ? 0 : text.length());
    return text;
  }
}
