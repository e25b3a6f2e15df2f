package org.soft4j.lm.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.OutputTooBigException;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jinjava.javax.el.ELException;

/**
 * What an expression sees of the rendering that it is part of.
 *
 * @param interpreter holds the variables
 * @param bounds on the work
 * @param strict whether what is undefined may not be used at all
 */
record Scope(JinjavaInterpreter interpreter, TemplateBounds bounds, boolean strict) {
  /** Longest text and list that an expression may make. */
  static final int CHARACTERS = 16_000_000;

  static final int ELEMENTS = 100_000;

  // What one step is worth, so that long values do not come cheaper than many short ones.
  private static final int CHARACTERS_PER_STEP = 10_000;
  private static final int ELEMENTS_PER_STEP = 100;

  private static final Map<String, Callable> FUNCTIONS =
      Map.of("range", Functions::range, "namespace", Functions::namespace, "dict", Functions::dict);

  /** The value of a variable, or the function or macro of that name. */
  Object named(String name) {
    Context context = interpreter.getContext();
    Object value = name.startsWith("__") ? null : context.get(name);
    if (value != null) {
      return value;
    }
    return macro(name)
        .or(() -> Optional.ofNullable(FUNCTIONS.get(name)))
        .<Object>map(callable -> callable)
        .orElse(new Undefined(name));
  }

  private Optional<Callable> macro(String name) {
    return Optional.ofNullable(interpreter.getContext().getGlobalMacro(name))
        .map(macro -> (scope, arguments) -> called(macro, arguments));
  }

  private static Object called(MacroFunction macro, Arguments arguments) {
    if (arguments.placed().size() > macro.getArguments().size()
        || !macro.getArguments().containsAll(arguments.named().keySet())) {
      throw new ELException("the macro " + macro.getName() + " does not take " + arguments);
    }
    Map<String, Object> given = new LinkedHashMap<>(macro.getDefaults());
    for (int i = 0; i < arguments.placed().size(); i++) {
      given.put(macro.getArguments().get(i), arguments.placed().get(i));
    }
    given.putAll(arguments.named());
    given.replaceAll((name, value) -> value == null ? new Undefined(name) : value);
    return macro.doEvaluate(given, Map.of(), List.of());
  }

  /** Gives a value on, unless it is undefined and may not be used. */
  Object used(Object value) {
    if (strict && value instanceof Undefined undefined) {
      throw new ELException("Unknown token found: " + undefined.name());
    }
    return value;
  }

  /** Counts the work that a value cost, and refuses one that is too long. */
  <T> T spent(T value) {
    if (value instanceof CharSequence text) {
      requireShort(text.length(), CHARACTERS);
      bounds.spend(text.length() / CHARACTERS_PER_STEP);
    } else if (value instanceof Collection<?> list) {
      requireShort(list.size(), ELEMENTS);
      bounds.spend(list.size() / ELEMENTS_PER_STEP);
    }
    return value;
  }

  static void requireShort(long length, int most) {
    if (length > most) {
      throw new OutputTooBigException(most, length);
    }
  }
}
