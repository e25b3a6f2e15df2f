package org.soft4j.lm.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;

/**
 * Refuses tojson where it is run: jinjava writes JSON without the spaces that Python puts after
 * commas and colons. Templates use it for tools, which soft4j does not hand to them.
 */
final class JsonRefusal implements Filter {
  @Override
  public String getName() {
    return "tojson";
  }

  @Override
  public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
    throw new IllegalArgumentException("the filter tojson is not supported");
  }
}
