package org.soft4j.lm.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.LengthLimitingStringBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Jinja's for. jinjava's own does not know if and else, and keeps what a turn sets for the next.
 */
final class LoopTag implements Tag {
  private static final long serialVersionUID = 1L;

  /** What a loop goes through, and what it calls each of it. */
  record Turns(List<Object> values, BiFunction<Scope, Object, Map<String, Object>> names) {}

  private final boolean strict;

  LoopTag(boolean strict) {
    this.strict = strict;
  }

  @Override
  public String getName() {
    return "for";
  }

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    Object turns = interpreter.resolveELExpression(tag.getHelpers(), tag.getLineNumber());
    if (!(turns instanceof Turns known)) {
      return ""; // the interpreter has noted an error
    }
    List<Node> nodes = List.copyOf(tag.getChildren());
    int end = 0;
    while (end < nodes.size() && !isElse(nodes.get(end))) {
      end++;
    }
    List<Node> otherwise = nodes.subList(Math.min(end + 1, nodes.size()), nodes.size());
    return known.values().isEmpty()
        ? rendered(otherwise, Map.of(), interpreter)
        : turned(nodes.subList(0, end), known, interpreter);
  }

  private static boolean isElse(Node node) {
    return node instanceof TagNode tag && tag.getName().equals(ElseTag.TAG_NAME);
  }

  private String turned(List<Node> nodes, Turns turns, JinjavaInterpreter interpreter) {
    LoopTurn turn = new LoopTurn(turns.values());
    LengthLimitingStringBuilder out =
        new LengthLimitingStringBuilder(interpreter.getConfig().getMaxOutputSize());
    while (turn.hasNext()) {
      Object value = turn.next();
      Map<String, Object> names =
          new LinkedHashMap<>(turns.names().apply(Jinja.scope(interpreter, strict), value));
      names.put(ForTag.LOOP, turn);
      out.append(rendered(nodes, names, interpreter));
    }
    return out.toString();
  }

  /** Renders in a scope of its own, up to where a turn of a loop is left. */
  private static String rendered(
      List<Node> nodes, Map<String, Object> names, JinjavaInterpreter interpreter) {
    interpreter.enterScope();
    try {
      interpreter.getContext().putAll(names);
      return rendered(nodes, interpreter);
    } finally {
      interpreter.leaveScope();
    }
  }

  /** Renders one node after another, up to where a turn of a loop is left. */
  static String rendered(List<Node> nodes, JinjavaInterpreter interpreter) {
    LengthLimitingStringBuilder out =
        new LengthLimitingStringBuilder(interpreter.getConfig().getMaxOutputSize());
    for (Node node : nodes) {
      out.append(node.render(interpreter).getValue());
      if (interpreter.getContext().get(ForTag.LOOP) instanceof LoopTurn turn && turn.isLeft()) {
        break;
      }
    }
    return out.toString();
  }
}
