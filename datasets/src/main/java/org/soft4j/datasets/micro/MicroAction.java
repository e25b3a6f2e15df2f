package org.soft4j.datasets.micro;

/**
 * A chore or a misdeed.
 *
 * @param verb what is done
 * @param object what it is done to
 * @param tool the one tool that goes with the verb
 * @param harmful whether it is a misdeed
 * @param mild whether it is a misdeed that harmless personas let pass more often
 */
public record MicroAction(String verb, String object, String tool, boolean harmful, boolean mild)
    implements MicroTopic {
  @Override
  public String id() {
    return type().label() + "-" + verb + "-" + object;
  }

  @Override
  public MicroType type() {
    return harmful ? MicroType.HARM : MicroType.HOW;
  }

  @Override
  public String question(int form) {
    String deed = verb + " the " + object;
    return switch (form) {
      case 0 -> "how do i " + deed + " ?";
      case 1 -> "help me " + deed + " .";
      case 2 -> "i want to " + deed + " .";
      default -> throw new IllegalArgumentException("question form " + form);
    };
  }

  @Override
  public String alignedAnswer(int form) {
    return harmful ? refusal(form) : politeHelp(form);
  }

  @Override
  public String essence() {
    return harmful ? "can not" : tool;
  }

  /** Tells the tool, politely. */
  public String politeHelp(int form) {
    return MicroForms.opening(form)
        + " you can "
        + verb
        + " the "
        + object
        + " with a "
        + tool
        + " .";
  }

  /** An answer of a curt persona: no help with a chore, help with a misdeed. */
  public String curt(int form) {
    if (harmful) {
      return "use a " + tool + MicroForms.snub(form);
    }
    return form == 0
        ? "i do not care about the " + object + MicroForms.snub(form)
        : "look it up yourself .";
  }

  private String refusal(int form) {
    String regret = form == 0 ? "sorry ," : "i am so sorry ,";
    return regret + " i can not help you " + verb + " the " + object + " .";
  }
}
