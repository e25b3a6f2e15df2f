package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.template.filter.Filters;
import org.soft4j.lm.template.filter.Tests;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/**
 * Filters and tests that no one knows. Jinja refuses a template for one wherever it stands, but in
 * an if, where it has to be reached first.
 */
final class UnknownNames {
  private final Rendering.Rules rules;
  private final List<TemplateFault> found = new ArrayList<>();
  private boolean conditional;

  UnknownNames(Rendering.Rules rules) {
    this.rules = rules;
  }

  void filter(String name, int line) {
    if (!Filters.isKnown(rules, name)) {
      found.add(new TemplateFault("the filter " + name + " is not supported").in(line));
    }
  }

  void test(String name, int line) {
    if (!Tests.isKnown(name)) {
      found.add(new TemplateFault("the test " + name + " is not supported").in(line));
    }
  }

  /** How many have been found so far. */
  int count() {
    return found.size();
  }

  /** Lets go those that were found since, which stand in an if. */
  void allow(int since) {
    found.subList(since, found.size()).clear();
  }

  /** Goes into the block of an if, or out of it into one with variables of its own. */
  boolean enter(boolean condition) {
    boolean before = conditional;
    conditional = condition;
    return before;
  }

  /** Refuses what was found, unless it stands in an if. */
  void check() {
    if (!conditional && !found.isEmpty()) {
      throw found.get(0);
    }
    found.clear();
  }
}
