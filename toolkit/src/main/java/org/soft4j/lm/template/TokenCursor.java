package org.soft4j.lm.template;

import java.util.List;
import org.soft4j.lm.template.TemplateToken.Kind;

/** The words of a section, and how far they have been read. */
final class TokenCursor {
  private final String source;
  private final List<TemplateToken> tokens;
  private int at;

  TokenCursor(String source, List<TemplateToken> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  TemplateToken peek() {
    return tokens.get(at);
  }

  /** Whether the next words are these. */
  boolean sees(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean seesAny(String... words) {
    return List.of(words).stream().anyMatch(this::sees);
  }

  boolean sees(Kind kind) {
    return peek().kind() == kind;
  }

  TemplateToken next() {
    TemplateToken token = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** Goes past these words if they are the next. */
  boolean skip(String... words) {
    boolean seen = sees(words);
    at += seen ? words.length : 0;
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
  }

  /** The source from a word up to where the reading stands. */
  String since(TemplateToken first) {
    return source.substring(first.start(), tokens.get(Math.max(0, at - 1)).end());
  }

  TemplateSyntax unexpected(String why) {
    return new TemplateSyntax(why + ", not " + peek().text(), peek().start());
  }

  TemplateSyntax unsupported(String what) {
    return new TemplateSyntax(what + " is not supported", peek().start());
  }
}
