package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.soft4j.lm.template.node.Block;
import org.soft4j.lm.template.node.Statement;
import org.soft4j.lm.template.node.Template;
import org.soft4j.lm.template.node.Written;
import org.soft4j.lm.template.value.Rendering;

/** Reads blocks: text, what is written and statements, up to the end of the block. */
public final class BlockParser {
  /** The templates in use nest some ten sections. */
  private static final int MOST_DEPTH = 100;

  private final Tokens tokens;
  private final UnknownNames unknown;
  private final StatementParser statements;
  private int depth;
  private int loops;

  private BlockParser(Tokens tokens, Rendering.Rules rules) {
    this.tokens = tokens;
    this.unknown = new UnknownNames(rules);
    this.statements = new StatementParser(tokens, rules, unknown, this);
  }

  /**
   * Reads a template.
   *
   * @throws SyntaxFault if it is none, or uses what is not supported
   */
  public static Template read(String source, Rendering.Rules rules) {
    return new Template(
        new BlockParser(new Tokens(Lexer.read(source, rules)), rules).statements(List.of()));
  }

  /** How many loops a break could leave. */
  int loops() {
    return loops;
  }

  /** Reads a block with variables of its own, which is within so many loops. */
  Block within(int inner, Supplier<Block> reading) {
    int before = loops;
    boolean conditional = unknown.enter(false);
    loops = inner;
    Block block = reading.get();
    loops = before;
    unknown.enter(conditional);
    return block;
  }

  /** Reads the rest of a section, and a block up to before one of some words. */
  Block block(String... ends) {
    int line = tokens.line();
    tokens.skip(":");
    tokens.expectEnd();
    if (++depth > MOST_DEPTH) {
      throw new SyntaxFault("sections are nested too deeply", line);
    }
    Block block = statements(List.of(ends));
    depth--;
    if (tokens.sees(Token.Kind.EOF)) {
      throw new SyntaxFault("a section has no " + ends[ends.length - 1], line);
    }
    return block;
  }

  /** Reads a block with the word that ends it. */
  Block closed(String end) {
    Block block = block(end);
    tokens.next();
    return block;
  }

  private Block statements(List<String> ends) {
    List<Statement> all = new ArrayList<>();
    while (!tokens.sees(Token.Kind.EOF)) {
      Token token = tokens.next();
      if (token.kind() == Token.Kind.DATA) {
        all.add(new Written.Text(token.line(), token.text()));
      } else if (token.kind() == Token.Kind.OUTPUT) {
        all.add(new Written.Value(token.line(), statements.output()));
        tokens.expectEnd();
      } else if (tokens.sees(Token.Kind.NAME) && ends.contains(tokens.peek().text())) {
        break;
      } else {
        all.addAll(statements.statement());
        tokens.expectEnd();
      }
    }
    return new Block(List.copyOf(all));
  }
}
