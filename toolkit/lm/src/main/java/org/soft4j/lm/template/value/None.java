package org.soft4j.lm.template.value;

/** Python's None, which a template must tell from a value that is not there at all. */
public enum None {
  NONE;

  @Override
  public String toString() {
    return "None";
  }
}
