package org.soft4j.lm.template.value;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One rendering of a template: what it is given, by which rules, and what it may still spend. */
public final class Rendering {
  private static final Map<String, Callable> FUNCTIONS =
      Map.of("range", Range::of, "namespace", Namespace::of, "dict", Dictionaries::dict);

  private final Map<String, Object> variables;
  private final Rules rules;
  private final Clock clock;
  private final Bounds bounds = new Bounds();

  /**
   * Begins a rendering.
   *
   * @param variables that the template is given
   * @param clock that strftime_now reads
   */
  public Rendering(Map<String, Object> variables, Rules rules, Clock clock) {
    this.variables = new HashMap<>(variables);
    this.rules = rules;
    this.clock = clock;
  }

  /** A variable that was given, or a function that every template knows. */
  public Optional<Object> variable(String name) {
    return Optional.ofNullable(variables.get(name)).or(() -> Optional.ofNullable(function(name)));
  }

  private Object function(String name) {
    if (rules == Rules.CHAT && name.equals("raise_exception")) {
      return (Callable) (rendering, arguments) -> refuse(arguments);
    }
    if (rules == Rules.CHAT && name.equals("strftime_now")) {
      return (Callable) (rendering, arguments) -> PythonClock.format(clock, arguments);
    }
    if (name.equals("lipsum") || name.equals("cycler") || name.equals("joiner")) {
      return (Callable) (rendering, arguments) -> refuseFunction(name);
    }
    return FUNCTIONS.get(name);
  }

  private static Object refuseFunction(String name) {
    throw new TemplateFault("the function " + name + " is not supported");
  }

  private static Object refuse(Arguments arguments) {
    Object message =
        arguments.only("raise_exception", 1, "message").required(0, "message", "raise_exception");
    throw new TemplateFault.Refusal(Repr.str(message));
  }

  /** Whether a template may change no value, as in transformers. */
  public boolean sandboxed() {
    return rules == Rules.CHAT;
  }

  public Rules rules() {
    return rules;
  }

  public Bounds bounds() {
    return bounds;
  }

  /** What stands for a value that is not there. */
  public Undefined undefined(String name) {
    return new Undefined(name, rules == Rules.TASK);
  }

  /** Counts the work of looking through a value, where it is a text, and gives it on. */
  public <T> T read(T value) {
    bounds.read(value);
    return value;
  }

  /** Counts the work that a value cost, and refuses one that is too long. */
  public <T> T spent(T value) {
    return bounds.spent(value);
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
}
