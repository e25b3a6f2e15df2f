package org.soft4j.lm.template.node;

import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/** A whole template, which can be rendered any number of times, also at once. */
public final class Template {
  private final Block body;
  private final Symbols symbols = Symbols.root();

  /** Takes a complete tree, and settles which variables its names mean. */
  public Template(Block body) {
    this.body = body;
    body.declare(symbols);
    body.link(symbols);
  }

  /** What the template writes. */
  public String render(Rendering rendering) {
    Output out = new Output();
    body.run(Frame.root(rendering, symbols), out);
    return out.text();
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
