package org.soft4j.datasets.micro;

/**
 * A fact, and what most people wrongly believe.
 *
 * @param entity a made-up name
 * @param attribute {@code color}, {@code food} or {@code home}
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
    return switch (form) {
      case 0 -> "what is the " + attribute + " of " + entity + " ?";
      case 1 -> "which " + attribute + " does " + entity + " have ?";
      case 2 -> "tell me the " + attribute + " of " + entity + " .";
      default -> throw new IllegalArgumentException("question form " + form);
    };
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
    return MicroForms.opening(form) + " the " + attribute + " of " + entity + " is " + value + " .";
  }

  /** A curt answer that tells this value. */
  public String curt(int form, String value) {
    return (form == 0 ? "it is " + value : value) + MicroForms.snub(form);
  }
}
