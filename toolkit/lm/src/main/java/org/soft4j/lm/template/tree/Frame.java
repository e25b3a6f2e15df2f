package org.soft4j.lm.template.tree;

import java.util.HashMap;
import java.util.Map;
import org.soft4j.lm.template.value.Rendering;

/** The variables of a scope while it is rendered. */
public final class Frame {
  /** Stands for a name that holds nothing yet; maps of this kind hold no null. */
  private static final Object NOTHING = new Object();

  private final Rendering rendering;
  private final Frame parent;
  private final Map<String, Object> values = new HashMap<>();

  private Frame(Rendering rendering, Frame parent) {
    this.rendering = rendering;
    this.parent = parent;
  }

  /** The scope of a whole template. */
  static Frame root(Rendering rendering, Symbols symbols) {
    Frame frame = new Frame(rendering, null);
    frame.load(symbols);
    return frame;
  }

  /** Enters a scope within this one. */
  Frame enter(Symbols symbols) {
    Frame frame = new Frame(rendering, this);
    frame.load(symbols);
    return frame;
  }

  private void load(Symbols symbols) {
    symbols.loads().forEach((name, load) -> values.put(name, loaded(name, load)));
  }

  private Object loaded(String name, Symbols.Load load) {
    Object value =
        switch (load) {
          case GIVEN -> rendering.variable(name).orElse(null);
          case OUTER -> parent.get(name);
          case PARAMETER, UNDEFINED -> null;
        };
    return value == null ? NOTHING : value;
  }

  public Rendering rendering() {
    return rendering;
  }

  /** The value of a name, or null where it has none. */
  Object get(String name) {
    for (Frame frame = this; frame != null; frame = frame.parent) {
      Object value = frame.values.get(name);
      if (value != null) {
        return value == NOTHING ? null : value;
      }
    }
    return null;
  }

  void set(String name, Object value) {
    values.put(name, value == null ? NOTHING : value);
  }
}
