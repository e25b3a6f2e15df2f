package org.soft4j.lm.template.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Members;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;
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
    List<Object> placed = given.placed();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.get(i);
      own.set(parameter, i < placed.size() ? placed.get(i) : named.remove(parameter));
    }
    List<Object> more = placed.subList(Math.min(parameters.size(), placed.size()), placed.size());
    setSpecials(rendering, own, named, more);
    if (!body.specials().contains(MacroBody.VARARGS) && !more.isEmpty()) {
      throw new TemplateFault("the macro %s does not take %s".formatted(name, given));
    }
    parameters.forEach(parameter -> complete(rendering, own, parameter));
    TextBuilder out = new TextBuilder();
    rendering.enter();
    body.body().run(own, out);
    rendering.leave();
    return out.toString();
  }

  /** Gives the body those of caller, kwargs and varargs that it reads; names that are left over. */
  private void setSpecials(
      Rendering rendering, Frame own, Map<String, Object> named, List<Object> more) {
    if (body.specials().contains(MacroBody.CALLER)) {
      Object caller = named.remove(MacroBody.CALLER);
      own.set(MacroBody.CALLER, caller == null ? rendering.undefined("caller") : caller);
    }
    if (body.specials().contains(MacroBody.KWARGS)) {
      own.set(MacroBody.KWARGS, new LinkedHashMap<Object, Object>(named));
    } else if (!named.isEmpty()) {
      throw new TemplateFault("the macro %s does not take %s".formatted(name, named.keySet()));
    }
    if (body.specials().contains(MacroBody.VARARGS)) {
      own.set(MacroBody.VARARGS, new Tuple(more));
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
    return Optional.ofNullable(
        switch (wanted) {
          case "name" -> name;
          case "arguments" -> new Tuple(List.copyOf(body.parameters()));
          case "caller" -> body.specials().contains(MacroBody.CALLER);
          case "catch_kwargs" -> body.specials().contains(MacroBody.KWARGS);
          case "catch_varargs" -> body.specials().contains(MacroBody.VARARGS);
          default -> null;
        });
  }
}
