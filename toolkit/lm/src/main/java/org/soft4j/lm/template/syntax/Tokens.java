package org.soft4j.lm.template.syntax;

import java.util.List;
import java.util.function.Supplier;
import org.soft4j.lm.template.value.TemplateFault;

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

  enum Kind {
    /** Text between the sections of code. */
    DATA,
    /** The beginning of a section that is written. */
    OUTPUT,
    /** The beginning of a section that is run. */
    STATEMENT,
    NAME,
    TEXT,
    WHOLE,
    FLOATING,
    SIGN,
    /** The end of a section of code. */
    END,
    /** The end of the template. */
    EOF
  }

  /**
   * A word of a template.
   *
   * @param text as it stands there, or the text that a quoted one means
   * @param line in which it begins, counted from 1
   */
  record Token(Kind kind, String text, int line) {
    boolean is(String word) {
      return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(word);
    }
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

  /** Reads parts with commas between them, and perhaps behind them, up to a closing bracket. */
  void list(String end, Runnable part) {
    while (!skip(end)) {
      part.run();
      if (!sees(end)) {
        expect(",");
      }
    }
  }

  /** Reads something within another of its kind. */
  <T> T nested(Supplier<T> reading) {
    if (++depth > MOST_DEPTH) {
      throw new TemplateFault("an expression is nested too deeply").in(line());
    }
    T read = reading.get();
    depth--;
    return read;
  }

  TemplateFault unexpected(String why) {
    return new TemplateFault(why + ", not " + peek().text()).in(line());
  }
}
