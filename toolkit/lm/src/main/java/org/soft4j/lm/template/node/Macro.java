package org.soft4j.lm.template.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Members;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Tuple;

/**
 * A macro, with the variables of the scope in which it stands.
 *
 * @param name as it is called
 * @param body what it runs
 * @param frame the scope around it
 */
record Macro(String name, MacroBody body, Frame frame)
    implements Members.Callable, Members.Attributes {
  @Override
  public Object call(Rendering rendering, Arguments given) {
    Frame own = body.scope().enter(frame);
    Map<String, Object> named = new LinkedHashMap<>(given.named());
    List<String> parameters = body.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.get(i);
      Object value = i < given.placed().size() ? given.placed().get(i) : named.remove(parameter);
      own.set(parameter, value);
    }
    specials(rendering, own, given, named);
    parameters.forEach(parameter -> complete(rendering, own, parameter));
    Output out = new Output();
    rendering.bounds().enter();
    body.body().run(own, out);
    rendering.bounds().leave();
    return out.text();
  }

  private void specials(
      Rendering rendering, Frame own, Arguments given, Map<String, Object> named) {
    int count = body.parameters().size();
    if (body.takes(MacroBody.CALLER)) {
      Object caller = named.remove(MacroBody.CALLER);
      own.set(MacroBody.CALLER, caller == null ? rendering.undefined("caller") : caller);
    }
    if (body.takes(MacroBody.KWARGS)) {
      own.set(MacroBody.KWARGS, new LinkedHashMap<Object, Object>(named));
    } else if (!named.isEmpty()) {
      throw new TemplateFault("the macro %s does not take %s".formatted(name, named.keySet()));
    }
    boolean more = given.placed().size() > count;
    if (body.takes(MacroBody.VARARGS)) {
      own.set(
          MacroBody.VARARGS,
          new Tuple(
              more
                  ? new ArrayList<>(given.placed().subList(count, given.placed().size()))
                  : List.of()));
    } else if (more) {
      throw new TemplateFault("the macro %s does not take %s".formatted(name, given));
    }
  }

  /** A parameter that is not given has its default, which may read those before it. */
  private void complete(Rendering rendering, Frame own, String parameter) {
    if (own.get(parameter) == null) {
      Expression otherwise = body.defaults().get(parameter);
      own.set(parameter, otherwise == null ? rendering.undefined(parameter) : otherwise.value(own));
    }
  }

  @Override
  public Optional<Object> attribute(Rendering rendering, String wanted) {
    return Optional.ofNullable(member(wanted));
  }

  private Object member(String attribute) {
    return switch (attribute) {
      case "name" -> name;
      case "arguments" -> new Tuple(List.copyOf(body.parameters()));
      case "caller" -> body.takes(MacroBody.CALLER);
      case "catch_kwargs" -> body.takes(MacroBody.KWARGS);
      case "catch_varargs" -> body.takes(MacroBody.VARARGS);
      default -> null;
    };
  }
}
