package org.soft4j.lm.template.syntax;

import java.util.List;
import java.util.function.Supplier;
import org.soft4j.lm.template.node.Expression;
import org.soft4j.lm.template.syntax.Token.Kind;

/** The words of a template, and how far they have been read. */
final class Tokens {
  /** Brackets have a bound of their own; this one is for what nests without them. */
  private static final int MOST_DEPTH = 200;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  int line() {
    return peek().line();
  }

  boolean sees(Kind kind) {
    return peek().kind() == kind;
  }

  boolean sees(String word) {
    return peek().is(word);
  }

  /** Whether the next two words are these. */
  boolean sees(String word, String next) {
    return sees(word) && at + 1 < tokens.size() && tokens.get(at + 1).is(next);
  }

  boolean seesAny(String... words) {
    for (String word : words) {
      if (sees(word)) {
        return true;
      }
    }
    return false;
  }

  Token next() {
    Token token = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** Goes past a word if it is the next. */
  boolean skip(String word) {
    boolean seen = sees(word);
    at += seen ? 1 : 0;
    return seen;
  }

  /** Goes past two words if they are the next. */
  boolean skip(String word, String next) {
    boolean seen = sees(word, next);
    at += seen ? 2 : 0;
    return seen;
  }

  void expect(String word) {
    if (!skip(word)) {
      throw unexpected("expected " + word);
    }
  }

  String expectName() {
    if (!sees(Kind.NAME)) {
      throw unexpected("expected a name");
    }
    return next().text();
  }

  void expectEnd() {
    if (!sees(Kind.END)) {
      throw unexpected("expected the end of the section of code");
    }
    next();
  }

  /** Reads an expression within another. */
  Expression nested(Supplier<Expression> reading) {
    if (++depth > MOST_DEPTH) {
      throw new SyntaxFault("an expression is nested too deeply", line());
    }
    Expression read = reading.get();
    depth--;
    return read;
  }

  SyntaxFault unexpected(String why) {
    return new SyntaxFault(why + ", not " + peek().text(), line());
  }
}
