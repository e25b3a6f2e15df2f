package org.soft4j.eval;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;
import org.soft4j.core.UserError;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.GenerationRequest.Overlong;

/**
 * What an evaluation does with texts that do not fit into the model's window. Contexts of scored
 * texts are cut on the left whatever is chosen, unless they are refused: all reference tools do so.
 */
public enum OverlongPolicy {
  /** As each task has it: those in the form of lm-evaluation-harness cut prompts on the left. */
  AUTO,
  /** Prompts are cut on the left, so that each answer has all of its room. */
  CUT,
  /** The evaluation ends at the first of them. */
  REFUSE;

  /** Reads {@code auto}, {@code cut} or {@code refuse}. */
  @JsonCreator
  public static OverlongPolicy parse(String text) {
    for (OverlongPolicy value : values()) {
      if (value.text().equals(text)) {
        return value;
      }
    }
    throw new UserError(
        "--overlong is \"%s\".".formatted(text),
        "Use auto (as each task has it), cut (prompts lose their beginning) or refuse.");
  }

  /** As it is written on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  GenerationRequest applied(GenerationRequest request) {
    return this == CUT ? request.with(Overlong.CUT) : request;
  }

  /** Refuses an answer that the window has marked, where that is the policy. */
  void check(TaskRequest request, TaskAnswer answer) {
    if (this != REFUSE) {
      return;
    }
    answer.caveats().stream()
        .filter(caveat -> caveat.ofTheWindow())
        .findFirst()
        .ifPresent(
            caveat -> {
              throw new UserError(
                  "A text of %s letters does not fit into the model's window (%s): \"%s…\""
                      .formatted(
                          request.context().length(), caveat.words(), beginning(request.context())),
                  "Use --overlong cut or auto, fewer --shots, or a model with a longer window.");
            });
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(60, text.length())).replace("\n", "\\n");
  }
}
