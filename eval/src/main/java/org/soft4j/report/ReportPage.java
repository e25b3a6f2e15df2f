package org.soft4j.report;

import java.util.List;

/**
 * Everything a report shows, as text ready to be escaped by a template.
 *
 * @param title of the page
 * @param summary what was done, in a sentence
 * @param outcome which round was kept and why, in a sentence
 * @param verdict what happened, counted, in a sentence
 * @param findings what moved zero-shot, one sentence each
 * @param fewShotFindings what moved with demonstrations in the context
 * @param scores the scores that stand for the run
 * @param allScores every score
 * @param sections figures under their headings
 * @param rounds what each round wrote and learned
 * @param leftOut counts of what was dropped before the first round
 * @param settings options and where each came from
 * @param environment model, data, versions, machine
 * @param again the command that makes the same run again
 */
public record ReportPage(
    String title,
    String summary,
    String outcome,
    String verdict,
    List<String> findings,
    List<String> fewShotFindings,
    ScoreTable scores,
    ScoreTable allScores,
    List<Section> sections,
    List<Round> rounds,
    List<Fact> leftOut,
    List<Setting> settings,
    List<Fact> environment,
    String again) {
  /**
   * Figures that belong together.
   *
   * @param name heading
   * @param note how to read them
   * @param pictures never empty
   */
  public record Section(String name, String note, List<Picture> pictures) {}

  /**
   * A figure inside the page.
   *
   * @param title also its text for those who do not see it
   * @param base64 of a PNG
   */
  public record Picture(String title, String base64) {}

  /**
   * A round's labels.
   *
   * @param number from 1
   * @param labels how many were kept
   * @param drops counts by reason
   * @param samples a few labels
   */
  public record Round(int number, int labels, List<Fact> drops, List<Sample> samples) {}

  /**
   * One label.
   *
   * @param type of its prompt
   * @param prompt what was asked
   * @param response what the model wrote
   * @param measures such as its perplexity
   * @param demonstrations what stood before the prompt
   */
  public record Sample(
      String type, String prompt, String response, String measures, List<Example> demonstrations) {}

  /** A demonstration of a label's context. */
  public record Example(String prompt, String response) {}

  /** A name and its value. */
  public record Fact(String name, String value) {}

  /** An option, its value and where the value came from. */
  public record Setting(String key, String value, String origin) {}
}
