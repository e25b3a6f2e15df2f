package org.soft4j.lm.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.soft4j.error.UserError;

/**
 * Bounds on the work of a template, which comes with a model or a task and so from anywhere.
 * jinjava bounds the text that it writes, and not the time: its parser takes quadratic time on
 * hostile sources, and loops within loops may write nothing.
 */
final class TemplateBounds implements BiConsumer<Node, JinjavaInterpreter> {
  /** The longest templates in use have some 20,000 letters and 300 sections of code. */
  private static final int MOST_LETTERS = 65_536;

  private static final int MOST_SECTIONS = 4_000;
  private static final int MOST_DEPTH = 50;

  /** A conversation of a thousand turns takes some 100,000 steps. */
  private static final int MOST_STEPS = 300_000;

  /** A loop may have a thousand turns without a step inside. */
  private static final int STEPS_PER_LOOP = 100;

  private int steps;

  /** Ends a rendering; jinjava goes on after every exception, and not after an error. */
  static final class TooMuchWork extends Error {
    private static final long serialVersionUID = 1L;

    TooMuchWork() {
      super("the template does more than " + MOST_STEPS + " steps", null, false, false);
    }
  }

  /** Counts one step of a rendering. */
  @Override
  public void accept(Node node, JinjavaInterpreter interpreter) {
    spend(node instanceof TagNode tag && tag.getName().equals("for") ? STEPS_PER_LOOP : 1);
  }

  /** Counts several steps at once. */
  void spend(int more) {
    steps += more;
    if (steps > MOST_STEPS) {
      throw new TooMuchWork();
    }
  }

  /** Refuses a source that would cost the parser more than any real template does. */
  static void check(String source) {
    check(source, TemplateBounds::exceeded);
  }

  /** As above, with an error of one's own for what the source exceeds. */
  static void check(String source, Function<String, UserError> error) {
    require(source.length() <= MOST_LETTERS, "has " + source.length() + " letters", error);
    int sections = 0;
    int depth = 0;
    for (int at = 0; at + 1 < source.length(); at++) {
      char letter = source.charAt(at);
      boolean section = letter == '{' && "{%#".indexOf(source.charAt(at + 1)) >= 0;
      if (section) {
        sections++;
        depth = 0;
        at++;
      } else if ("([{".indexOf(letter) >= 0) {
        depth++;
      } else if (")]}".indexOf(letter) >= 0) {
        depth = Math.max(0, depth - 1);
      }
      require(depth <= MOST_DEPTH, "nests more than " + MOST_DEPTH + " brackets", error);
    }
    require(sections <= MOST_SECTIONS, "has " + sections + " sections of code", error);
  }

  /** The error for a template that exceeds a bound, or the stack while it is rendered. */
  static UserError exceeded(String how) {
    return new UserError(
        "The chat template " + how + ": no model's template is like this.",
        "Work without the chat template, or write the conversation into the prompt yourself.");
  }

  private static void require(boolean holds, String otherwise, Function<String, UserError> error) {
    if (!holds) {
      throw error.apply(otherwise);
    }
  }
}
