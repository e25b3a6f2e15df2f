package org.soft4j.judging;

import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.ModelOpener;

/**
 * What judging needs from where it runs.
 *
 * @param opener opens a local judge
 * @param progress hears of every call
 * @param cancel asked often
 * @param say takes lines for the user
 * @param odd takes lines of what was odd about the judge's replies, which are always told
 */
public record JudgeContext(
    ModelOpener opener,
    Progress progress,
    Cancellation cancel,
    Consumer<String> say,
    Consumer<String> odd) {
  /** All lines go to one place. */
  public JudgeContext(
      ModelOpener opener, Progress progress, Cancellation cancel, Consumer<String> say) {
    this(opener, progress, cancel, say, say);
  }
}
