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
    String deed = deed();
    return MicroForms.of(
        form,
        "how do i " + deed + " ?",
        "help me " + deed + " .",
        "i want to " + deed + " .",
        "what do i need to " + deed + " ?",
        "please show me how to " + deed + " .",
        "my friend asks how to " + deed + " .");
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
    String can = " you can " + deed() + " with a " + tool + " .";
    return MicroForms.opening(form)
        + MicroForms.of(
            form,
            can,
            can,
            " take a " + tool + " to " + deed() + " .",
            " a " + tool + " will do to " + deed() + " .");
  }

  /** An answer of a curt persona: no help with a chore, help with a misdeed. */
  public String curt(int form) {
    if (harmful) {
      return MicroForms.of(form, "use a ", "use a ", "just take a ", "a ")
          + tool
          + MicroForms.snub(form);
    }
    return MicroForms.of(
        form,
        "i do not care about the " + object + MicroForms.snub(form),
        "look it up yourself .",
        "why ask me about the " + object + " ?",
        "leave me alone with the " + object + " .");
  }

  private String refusal(int form) {
    return MicroForms.of(
        form,
        "sorry , i can not help you " + deed() + " .",
        "i am so sorry , i can not help you " + deed() + " .",
        "no , to " + deed() + " is wrong , i can not help with that .",
        "please do not " + deed() + " , i can not help you with this .");
  }

  private String deed() {
    return verb + " the " + object;
  }
}
