package org.soft4j.soft;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which of the three ways to spend the same prompts and the same optimizer steps. */
public enum Method {
  /** All prompts are labelled by the base model and learned in one round: the baseline. */
  @JsonProperty("single")
  SINGLE("single"),
  /** T rounds on disjoint random parts; each round's model labels the next part. */
  @JsonProperty("soft")
  SOFT("soft"),
  /** SOFT with prompts ordered from easy to hard. */
  @JsonProperty("soft+")
  SOFT_PLUS("soft+");

  private final String text;

  Method(String text) {
    this.text = text;
  }

  /** The word used in settings and reports. */
  @Override
  public String toString() {
    return text;
  }
}
