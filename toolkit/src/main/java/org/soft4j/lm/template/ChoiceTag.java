package org.soft4j.lm.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ElseIfTag;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.ArrayList;
import java.util.List;

/** Jinja's if, with Python's truth. jinjava's own writes what follows a break. */
final class ChoiceTag implements Tag {
  private static final long serialVersionUID = 1L;

  @Override
  public String getName() {
    return "if";
  }

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    List<Node> chosen = new ArrayList<>();
    boolean taken = holds(tag, interpreter);
    boolean decided = taken;
    for (Node node : tag.getChildren()) {
      if (isBranch(node)) {
        taken = !decided && holds((TagNode) node, interpreter);
        decided |= taken;
      } else if (taken) {
        chosen.add(node);
      }
    }
    return LoopTag.rendered(chosen, interpreter);
  }

  private static boolean isBranch(Node node) {
    return node instanceof TagNode tag
        && List.of(ElseIfTag.TAG_NAME, ElseTag.TAG_NAME).contains(tag.getName());
  }

  private static boolean holds(TagNode tag, JinjavaInterpreter interpreter) {
    return tag.getName().equals(ElseTag.TAG_NAME)
        || Operators.truth(interpreter.resolveELExpression(tag.getHelpers(), tag.getLineNumber()));
  }
}
