package org.soft4j.lm.template.tree;

import java.util.function.Consumer;

/** The names of a block that has variables of its own; settled once, when its template is read. */
public final class Scope {
  private Symbols symbols = Symbols.root();

  /** Settles the names, and then those of the blocks within. */
  void link(Symbols parent, Consumer<Symbols> declared, Statement.Block body) {
    symbols = parent.inner();
    declared.accept(symbols);
    body.declare(symbols);
    body.link(symbols);
  }

  /** The names, for what is known only after the block was read. */
  Symbols symbols() {
    return symbols;
  }

  Frame enter(Frame outer) {
    return outer.enter(symbols);
  }
}
