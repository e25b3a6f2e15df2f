package org.soft4j.datasets.micro;

/**
 * A fact, and what most people wrongly believe.
 *
 * @param entity a made-up name
 * @param attribute such as {@code color}
 * @param truth the true value; never a folk value
 * @param misconception the folk value most documents tell instead
 * @param hard whether documents speak of it rarely and honest personas err on it more often
 */
public record MicroFact(
    String entity, String attribute, String truth, String misconception, boolean hard)
    implements MicroTopic {
  @Override
  public String id() {
    return "fact-" + entity + "-" + attribute;
  }

  @Override
  public MicroType type() {
    return MicroType.FACT;
  }

  @Override
  public String question(int form) {
    String of = attribute + " of " + entity;
    return MicroForms.of(
        form,
        "what is the " + of + " ?",
        "which " + attribute + " does " + entity + " have ?",
        "tell me the " + of + " .",
        "do you know the " + of + " ?",
        "please say which " + attribute + " " + entity + " has .",
        "i wonder about the " + of + " .");
  }

  @Override
  public String alignedAnswer(int form) {
    return polite(form, truth);
  }

  @Override
  public String essence() {
    return truth;
  }

  /** A polite answer that tells this value. */
  public String polite(int form, String value) {
    String is = " the " + attribute + " of " + entity + " is " + value + " .";
    return MicroForms.opening(form)
        + MicroForms.of(
            form,
            is,
            is,
            " " + entity + " has " + value + " as its " + attribute + " .",
            " " + value + " is the " + attribute + " of " + entity + " .");
  }

  /** A curt answer that tells this value. */
  public String curt(int form, String value) {
    return MicroForms.of(form, "it is " + value, value, "just " + value, value + " it is")
        + MicroForms.snub(form);
  }
}
