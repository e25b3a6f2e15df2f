package org.soft4j.lm.template.tree;

import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;

/** A whole template, which can be rendered any number of times, also at once. */
public final class Template {
  private final Statement.Block body;
  private final Symbols symbols = Symbols.root();

  /** Takes a complete tree, and settles which variables its names mean. */
  public Template(Statement.Block body) {
    this.body = body;
    body.declare(symbols);
    body.link(symbols);
  }

  /** What the template writes. */
  public String render(Rendering rendering) {
    TextBuilder out = new TextBuilder();
    body.run(Frame.root(rendering, symbols), out);
    return out.toString();
  }

  /** The value of the only expression of a template that is nothing else; else what it writes. */
  public Object value(Rendering rendering) {
    boolean single = body.statements().size() == 1;
    if (!single || !(body.statements().get(0) instanceof Written.Value only)) {
      return render(rendering);
    }
    try {
      return only.expression().value(Frame.root(rendering, symbols));
    } catch (TemplateFault fault) {
      throw fault.in(only.line());
    }
  }
}
