package org.soft4j.lm.template.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Members;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.TemplateFault;

/** A call, as in value(...). */
public record Call(Expression callee, Given given) implements Expression {
  @Override
  public Object value(Frame frame) {
    return called(frame, given.value(frame));
  }

  Object called(Frame frame, Arguments arguments) {
    return Members.called(frame.rendering(), callee.value(frame), arguments);
  }

  @Override
  public List<Expression> parts() {
    return given.parts(callee);
  }

  /**
   * What stands in the brackets of a call.
   *
   * @param placed in their order
   * @param named by keyword
   * @param list whose values follow the placed ones, after a star
   * @param map whose entries follow the named ones, after two stars
   */
  public record Given(
      List<Expression> placed,
      Map<String, Expression> named,
      Optional<Expression> list,
      Optional<Expression> map) {
    public static final Given NOTHING = of();

    /** Arguments by their places. */
    public static Given of(Expression... placed) {
      return new Given(List.of(placed), Map.of(), Optional.empty(), Optional.empty());
    }

    /** The values of the arguments. */
    public Arguments value(Frame frame) {
      if (this == NOTHING) {
        return Arguments.NONE;
      }
      List<Object> values = new ArrayList<>();
      placed.forEach(each -> values.add(each.value(frame)));
      list.ifPresent(
          more -> values.addAll(Iteration.elements(frame.rendering(), more.value(frame))));
      Map<String, Object> keywords = new LinkedHashMap<>();
      named.forEach((name, each) -> keywords.put(name, each.value(frame)));
      map.ifPresent(more -> add(keywords, more.value(frame)));
      return new Arguments(values, keywords);
    }

    private static void add(Map<String, Object> keywords, Object more) {
      if (!(more instanceof Map<?, ?> entries)) {
        throw new TemplateFault(Repr.kind(more) + " after ** is no dictionary");
      }
      entries.forEach(
          (name, value) -> {
            if (!(name instanceof String text) || keywords.put(text, value) != null) {
              throw new TemplateFault("a keyword after ** is given twice or is no text");
            }
          });
    }

    /** The expressions of the arguments behind that of what is called. */
    public List<Expression> parts(Expression first) {
      List<Expression> all = new ArrayList<>(List.of(first));
      all.addAll(placed);
      all.addAll(named.values());
      list.ifPresent(all::add);
      map.ifPresent(all::add);
      return all;
    }
  }
}
