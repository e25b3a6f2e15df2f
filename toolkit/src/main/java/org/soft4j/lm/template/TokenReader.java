package org.soft4j.lm.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.TemplateToken.Kind;

/** Reads the words of a section of code, as Jinja cuts them. */
final class TokenReader {
  private static final Pattern SPACE = Pattern.compile("[\\s\\u001c-\\u001f\\u0085\\h\\v]+");
  private static final Pattern FLOATING =
      Pattern.compile("(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?\\d+|\\.(?:\\d+_)*\\d+)");
  private static final Pattern WHOLE = Pattern.compile("\\d+(?:_\\d+)*(?![\\w])");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*");
  private static final Pattern TEXT =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"",
          Pattern.DOTALL);
  private static final Pattern SIGN =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~()\\[\\]{}<>=.:|,]");

  private final String source;
  private final Pattern ending;
  private final List<TemplateToken> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private TokenReader(String source, int from, boolean output) {
    this.source = source;
    this.at = from;
    this.ending = Pattern.compile(output ? "-?}}" : "[-+]?%}");
  }

  /**
   * Reads up to the end of a section.
   *
   * @param output whether the section is written, and ends with two braces
   */
  static List<TemplateToken> read(String source, int from, boolean output) {
    TokenReader reader = new TokenReader(source, from, output);
    while (!reader.isAtEnd()) {
      reader.next();
    }
    return reader.tokens;
  }

  private boolean isAtEnd() {
    find(SPACE);
    if (at >= source.length()) {
      throw new TemplateSyntax("the section of code does not end", at);
    }
    Matcher end = matcher(ending);
    if (depth > 0 || !end.lookingAt()) {
      return false;
    }
    tokens.add(new TemplateToken(Kind.END, end.group(), at, end.end()));
    return true;
  }

  private void next() {
    int start = at;
    if (find(FLOATING)) {
      add(Kind.FLOATING, start);
    } else if (find(WHOLE)) {
      add(Kind.WHOLE, start);
    } else if (find(NAME)) {
      add(Kind.NAME, start);
    } else if (find(TEXT)) {
      String text = QuotedText.meaning(source.substring(start + 1, at - 1), start);
      tokens.add(new TemplateToken(Kind.TEXT, text, start, at));
    } else if (find(SIGN)) {
      char sign = source.charAt(start);
      depth += "([{".indexOf(sign) >= 0 ? 1 : ")]}".indexOf(sign) >= 0 ? -1 : 0;
      add(Kind.SIGN, start);
    } else {
      throw new TemplateSyntax("unexpected " + source.charAt(at), at);
    }
  }

  private void add(Kind kind, int start) {
    tokens.add(new TemplateToken(kind, source.substring(start, at), start, at));
  }

  private boolean find(Pattern pattern) {
    Matcher matcher = matcher(pattern);
    boolean found = matcher.lookingAt();
    at = found ? matcher.end() : at;
    return found;
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(source).region(at, source.length()).useTransparentBounds(true);
  }
}
