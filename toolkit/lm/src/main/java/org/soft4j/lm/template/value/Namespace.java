package org.soft4j.lm.template.value;

import java.util.LinkedHashMap;
import java.util.Map;

/** Jinja's namespace: values that a loop can set for what follows it. */
public final class Namespace {
  private final Map<Object, Object> values = new LinkedHashMap<>();

  /** What namespace(...) gives. */
  static Namespace of(Rendering rendering, Arguments arguments) {
    Namespace namespace = new Namespace();
    Dictionaries.dict(rendering, arguments)
        .forEach((name, value) -> namespace.set(rendering, Repr.str(name), value));
    return namespace;
  }

  /** Sets a value; a chat template's names begin with no underscore, as transformers has it. */
  public void set(Rendering rendering, String name, Object value) {
    if (rendering.sandboxed() && name.startsWith("_")) {
      throw new TemplateFault("a namespace holds no name with an underscore first: " + name);
    }
    values.put(name, value);
  }

  Object get(String name, Object otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
