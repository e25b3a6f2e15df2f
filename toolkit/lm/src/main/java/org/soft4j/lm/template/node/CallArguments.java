package org.soft4j.lm.template.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.TemplateFault;

/**
 * What stands in the brackets of a call.
 *
 * @param placed in their order
 * @param named by keyword
 * @param list whose values follow the placed ones, after a star
 * @param map whose entries follow the named ones, after two stars
 */
public record CallArguments(
    List<Expression> placed,
    Map<String, Expression> named,
    Optional<Expression> list,
    Optional<Expression> map) {
  public static final CallArguments NONE =
      new CallArguments(List.of(), Map.of(), Optional.empty(), Optional.empty());

  Arguments value(Frame frame, List<Object> before) {
    if (this == NONE && before.isEmpty()) {
      return Arguments.NONE;
    }
    List<Object> values = new ArrayList<>(before);
    placed.forEach(each -> values.add(each.value(frame)));
    list.ifPresent(more -> values.addAll(Iteration.elements(frame.rendering(), more.value(frame))));
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

  List<Expression> parts(Expression first) {
    List<Expression> all = new ArrayList<>(List.of(first));
    all.addAll(placed);
    all.addAll(named.values());
    list.ifPresent(all::add);
    map.ifPresent(all::add);
    return all;
  }
}
