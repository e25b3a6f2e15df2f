package org.soft4j.lm.template.tree;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Namespace;
import org.soft4j.lm.template.value.TemplateFault;

/** What set, for and with give a value to. */
public sealed interface Target extends Part {
  /** Gives it a value. */
  void assign(Frame frame, Object value);

  /** Tells a scope what is set there, or read to be set. */
  void declare(Symbols symbols);

  /** A variable. */
  record Variable(String name) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      frame.set(name, value);
    }

    @Override
    public void declare(Symbols symbols) {
      symbols.store(name);
    }

    @Override
    public void names(NameVisitor visitor) {
      visitor.name(name, true);
    }
  }

  /** A value of a namespace, which Jinja2 counts neither as read nor as set. */
  record InNamespace(String namespace, String name) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      if (!(frame.get(namespace) instanceof Namespace found)) {
        throw new TemplateFault(
            "only a namespace has values that can be set, not %s.%s".formatted(namespace, name));
      }
      found.set(frame.rendering(), name, value);
    }

    @Override
    public void declare(Symbols symbols) {
      symbols.read(namespace);
    }

    @Override
    public void names(NameVisitor visitor) {}
  }

  /** Several, which take a value apart. */
  record Several(List<Target> targets) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      List<Object> parts = new ArrayList<>();
      Iterator<Object> values = Iteration.iterator(value);
      while (values.hasNext() && parts.size() <= targets.size()) {
        parts.add(values.next());
      }
      if (parts.size() != targets.size()) {
        throw new TemplateFault(
            "%s names for %s values are not supported"
                .formatted(targets.size(), parts.size() > targets.size() ? "more" : parts.size()));
      }
      for (int i = 0; i < parts.size(); i++) {
        targets.get(i).assign(frame, parts.get(i));
      }
    }

    @Override
    public void declare(Symbols symbols) {
      targets.forEach(target -> target.declare(symbols));
    }

    @Override
    public void names(NameVisitor visitor) {
      targets.forEach(target -> target.names(visitor));
    }
  }
}
