package org.soft4j.lm.template.value;

/**
 * The value of a name, an attribute or an element that is not there.
 *
 * @param name as it stands in the template
 * @param strict whether it may not even be written, compared or tested for truth
 */
public record Undefined(String name, boolean strict) {
  /** Refuses what may not be done with an undefined value under strict names. */
  public static void requireUsable(Object value) {
    if (value instanceof Undefined undefined && undefined.strict) {
      throw new TemplateFault("Unknown token found: " + undefined.name);
    }
  }

  TemplateFault fault() {
    return new TemplateFault(name + " is undefined");
  }
}
