package org.soft4j.lm.template.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.value.Dictionaries;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Tuple;
import org.soft4j.lm.template.value.Undefined;

/** Lists, tuples and dictionaries as they are written in a template. */
public sealed interface Collected extends Expression {
  /** A list, or a tuple. */
  record Sequence(List<Expression> parts, boolean tuple) implements Collected {
    @Override
    public Object value(Frame frame) {
      List<Object> values = new ArrayList<>(parts.size());
      parts.forEach(part -> values.add(part.value(frame)));
      return tuple ? new Tuple(values) : values;
    }
  }

  /** A dictionary: keys and values by turns. */
  record Dictionary(List<Expression> parts) implements Collected {
    @Override
    public Object value(Frame frame) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i += 2) {
        Object key = parts.get(i).value(frame);
        if (key instanceof Undefined) {
          throw new TemplateFault(Repr.kind(key) + " as a key is not supported");
        }
        Dictionaries.put(map, key, parts.get(i + 1).value(frame));
      }
      return map;
    }
  }
}
