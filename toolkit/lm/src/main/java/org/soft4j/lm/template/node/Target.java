package org.soft4j.lm.template.node;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Namespace;
import org.soft4j.lm.template.value.TemplateFault;

/** What set, for and with give a value to. */
public sealed interface Target {
  void assign(Frame frame, Object value);

  /** Tells the names that it sets. */
  void sets(Consumer<String> visitor);

  /** Tells the names that it reads. */
  void reads(Consumer<String> visitor);

  /** A variable. */
  record Variable(String name) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      frame.set(name, value);
    }

    @Override
    public void sets(Consumer<String> visitor) {
      visitor.accept(name);
    }

    @Override
    public void reads(Consumer<String> visitor) {}
  }

  /** A value of a namespace. */
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
    public void sets(Consumer<String> visitor) {}

    @Override
    public void reads(Consumer<String> visitor) {
      visitor.accept(namespace);
    }
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
    public void sets(Consumer<String> visitor) {
      targets.forEach(target -> target.sets(visitor));
    }

    @Override
    public void reads(Consumer<String> visitor) {
      targets.forEach(target -> target.reads(visitor));
    }
  }
}
