package org.soft4j.lm.template.syntax;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.syntax.Tokens.Kind;
import org.soft4j.lm.template.value.Escapes;
import org.soft4j.lm.template.value.TemplateFault;

/** Reads the words of one section of code, one after another. */
final class CodeReader {
  private static final Pattern SPACE = Pattern.compile("[\\s\\u001c-\\u001f\\u0085\\h\\v]+");
  private static final Pattern FLOATING =
      Pattern.compile(
          "(?<!\\.)(?:[0-9]+_)*[0-9]+(?:(?:\\.(?:[0-9]+_)*[0-9]+)?[eE][+-]?(?:[0-9]+_)*[0-9]+"
              + "|\\.(?:[0-9]+_)*[0-9]+)");
  private static final Pattern WHOLE =
      Pattern.compile(
          "0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[0-9a-fA-F])++|[1-9](?:_?[0-9])*+|0(?:_?0)*+");
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{M}\\p{Nd}\\p{Pc}]*");
  private static final Pattern TEXT =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"",
          Pattern.DOTALL);
  private static final Pattern SIGN =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~()\\[\\]{}<>=.:|,]");
  private static final Pattern END_OUTPUT = Pattern.compile("-?}}");
  private static final Pattern END_STATEMENT = Pattern.compile("[-+]?%}");

  private final String source;
  private final Matcher matcher;
  private final Pattern ending;
  private int at;
  private int depth;
  private Kind kind = Kind.END;
  private String text = "";
  private int start;

  CodeReader(String source, int from, boolean output) {
    this.source = source;
    this.at = from;
    this.ending = output ? END_OUTPUT : END_STATEMENT;
    this.matcher = SPACE.matcher(source).useTransparentBounds(true);
  }

  Kind kind() {
    return kind;
  }

  /** The word, or the end of the section. */
  String text() {
    return text;
  }

  int start() {
    return start;
  }

  int end() {
    return at;
  }

  /** Whether another word follows; if not, the end of the section has been read. */
  boolean hasNext() {
    find(SPACE, Kind.END);
    if (at >= source.length()) {
      throw fault("the section of code does not end");
    }
    return depth > 0 || !find(ending, Kind.END);
  }

  void next() {
    if (find(FLOATING, Kind.FLOATING) || find(WHOLE, Kind.WHOLE)) {
      return;
    }
    if (find(NAME, Kind.NAME)) {
      if (!Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
        throw fault("a name that Python writes in other letters is not supported");
      }
    } else if (find(TEXT, Kind.TEXT)) {
      text = meaning(text.substring(1, text.length() - 1));
    } else if (find(SIGN, Kind.SIGN)) {
      char sign = text.charAt(0);
      depth += "([{".indexOf(sign) >= 0 ? 1 : ")]}".indexOf(sign) >= 0 ? -1 : 0;
    } else {
      throw fault("unexpected " + source.charAt(at));
    }
  }

  private TemplateFault fault(String problem) {
    return new TemplateFault(problem).in(line(source, at));
  }

  /** The line of a place in a source, counted from 1. */
  static int line(String source, int place) {
    return 1 + (int) source.chars().limit(place).filter(c -> c == '\n').count();
  }

  /** What stands between quotes, with the escapes of Python taken for what they mean. */
  private String meaning(String quoted) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int slash = quoted.indexOf('\\'); slash >= 0; slash = quoted.indexOf('\\', from)) {
      out.append(quoted, from, slash);
      if (quoted.charAt(slash + 1) > '\u007f') {
        throw fault("the escape \\" + quoted.charAt(slash + 1) + " is not supported");
      }
      try {
        from = Escapes.read(quoted, slash + 1, out);
      } catch (IllegalArgumentException noLetter) {
        throw fault(noLetter.getMessage());
      }
    }
    return out.append(quoted.substring(from)).toString();
  }

  private boolean find(Pattern pattern, Kind found) {
    matcher.usePattern(pattern).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    start = at;
    at = matcher.end();
    kind = found;
    text = matcher.group();
    return true;
  }
}
