package org.soft4j.lm.template.tree;

/** A part of a template that reads or sets variables. */
public interface Part {
  /** Tells every name within, in the order in which Jinja2's syntax tree has them. */
  void names(NameVisitor visitor);

  /** Is told names. */
  @FunctionalInterface
  interface NameVisitor {
    /**
     * Takes a name.
     *
     * @param set whether it is set there, not read
     */
    void name(String name, boolean set);
  }
}
