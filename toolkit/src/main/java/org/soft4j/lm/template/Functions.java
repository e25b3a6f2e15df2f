package org.soft4j.lm.template;

import com.hubspot.jinjava.objects.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jinjava.javax.el.ELException;

/** The functions that every template knows. */
final class Functions {
  private Functions() {}

  static Object range(Scope scope, Arguments arguments) {
    arguments.only("range", 3);
    List<Object> given = arguments.placed();
    if (given.isEmpty()) {
      throw new ELException("range is called without an end");
    }
    long from = given.size() == 1 ? 0 : Numbers.whole(given.get(0));
    long end = Numbers.whole(given.get(given.size() == 1 ? 0 : 1));
    long step = given.size() < 3 ? 1 : Numbers.whole(given.get(2));
    if (step == 0) {
      throw new ELException("range is called with a step of 0");
    }
    List<Object> range = new ArrayList<>();
    for (long at = from; step > 0 ? at < end : at > end; at = Math.addExact(at, step)) {
      Scope.requireShort(range.size() + 1L, Scope.ELEMENTS);
      range.add(at);
    }
    return scope.spent(new PythonSequence(PythonSequence.Kind.VIEW, range));
  }

  static Object namespace(Scope scope, Arguments arguments) {
    return new Namespace(
        new LinkedHashMap<>(arguments.only("namespace", 0, names(arguments)).named()));
  }

  static Object dict(Scope scope, Arguments arguments) {
    return new LinkedHashMap<>(arguments.only("dict", 0, names(arguments)).named());
  }

  private static String[] names(Arguments arguments) {
    return arguments.named().keySet().toArray(new String[0]);
  }
}
