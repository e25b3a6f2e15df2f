package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.syntax.Tokens.Kind;
import org.soft4j.lm.template.syntax.Tokens.Token;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/**
 * Cuts a template into words, as Jinja2's lexer does (jinja2/lexer.py): comments are left out, and
 * white space beside sections of code where a sign or the rules say so.
 */
final class Lexer {
  private static final Pattern OPENING = Pattern.compile("\\{[{%#]");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%}");
  private static final Pattern END_RAW =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}", Pattern.DOTALL);
  private static final Pattern END_COMMENT = Pattern.compile("([-+]?)#}");

  private final String source;
  private final boolean trimmed;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean lineStart = true;
  private int counted;
  private int line = 1;

  private Lexer(String source, boolean trimmed) {
    this.source = source;
    this.trimmed = trimmed;
  }

  /** Reads a template by the rules for blocks and line ends. */
  static List<Token> read(String source, Rendering.Rules rules) {
    String text = source.replace("\r\n", "\n").replace('\r', '\n');
    boolean trimmed = rules == Rendering.Rules.CHAT;
    boolean shortened = trimmed && text.endsWith("\n");
    Lexer lexer = new Lexer(shortened ? text.substring(0, text.length() - 1) : text, trimmed);
    lexer.all();
    return List.copyOf(lexer.tokens);
  }

  private void all() {
    Matcher opening = OPENING.matcher(source);
    while (opening.find(at)) {
      int start = opening.start();
      char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
      char kind = source.charAt(start + 1);
      data(at, start, sign, kind == '{');
      int inner = start + (sign == '-' || sign == '+' ? 3 : 2);
      Matcher raw = RAW.matcher(source).region(start, source.length());
      if (kind == '#') {
        comment(start, inner);
      } else if (kind == '%' && raw.lookingAt()) {
        raw(raw);
      } else {
        code(start, inner, kind == '{');
      }
    }
    text(at, source.length());
    add(Kind.EOF, "the end of the template", source.length());
  }

  /** Takes what stands before a section, less the white space that the section takes with it. */
  private void data(int from, int end, char sign, boolean output) {
    int kept = end;
    if (sign == '-') {
      while (kept > from && PythonText.isSpace(source.charAt(kept - 1))) {
        kept--;
      }
    } else if (trimmed && sign != '+' && !output) {
      int lineFrom = Math.max(from, source.lastIndexOf('\n', end - 1) + 1);
      boolean starts = lineFrom > from || lineStart;
      kept = starts && isBlank(lineFrom, end) ? lineFrom : end;
    }
    text(from, kept);
  }

  private boolean isBlank(int from, int end) {
    return source.substring(from, end).codePoints().allMatch(PythonText::isSpace);
  }

  private void text(int from, int end) {
    if (end > from) {
      add(Kind.DATA, source.substring(from, end), from);
    }
  }

  private void add(Kind kind, String text, int place) {
    for (; counted < place; counted++) {
      line += source.charAt(counted) == '\n' ? 1 : 0;
    }
    tokens.add(new Token(kind, text, line));
  }

  private TemplateFault fault(String problem, int place) {
    return new TemplateFault(problem).in(CodeReader.line(source, place));
  }

  private void comment(int start, int inner) {
    Matcher end = END_COMMENT.matcher(source);
    if (!end.find(Math.min(inner, source.length()))) {
      throw fault("a comment does not end", start);
    }
    after(end.end(), end.group(1), true);
  }

  private void raw(Matcher raw) {
    Matcher end = END_RAW.matcher(source);
    if (!end.find(raw.end())) {
      throw fault("a raw section does not end", raw.start());
    }
    after(raw.end(), raw.group(1).isEmpty() ? "+" : "-", true);
    String sign = end.group(1);
    data(Math.min(at, end.start()), end.start(), sign.isEmpty() ? ' ' : sign.charAt(0), false);
    after(end.end(), end.group(2), true);
  }

  private void code(int start, int inner, boolean output) {
    add(output ? Kind.OUTPUT : Kind.STATEMENT, source.substring(start, start + 2), start);
    CodeReader code = new CodeReader(source, inner, output);
    while (code.hasNext()) {
      code.next();
      add(code.kind(), code.text(), code.start());
    }
    add(Kind.END, code.text(), code.start());
    after(code.end(), code.text(), !output);
  }

  /** Goes on behind a section, past the white space that it takes with it. */
  private void after(int end, String sign, boolean code) {
    at = end;
    if (sign.startsWith("-")) {
      while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
        at++;
      }
    } else if (code && trimmed && !sign.startsWith("+") && source.startsWith("\n", at)) {
      at++;
    }
    lineStart = source.charAt(at - 1) == '\n';
  }
}
