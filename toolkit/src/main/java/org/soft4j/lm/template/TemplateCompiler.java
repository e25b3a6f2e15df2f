package org.soft4j.lm.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a template ready for jinjava: white space is cut as Jinja cuts it, comments are left out,
 * and every expression is read here and stands in the text as its number.
 */
final class TemplateCompiler {
  private static final Pattern OPENING = Pattern.compile("\\{[{%#]");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%}");
  private static final Pattern END_RAW =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}", Pattern.DOTALL);
  private static final Pattern END_COMMENT = Pattern.compile("([-+]?)#}");
  private static final Set<String> NESTING = Set.of("if", "for", "macro");

  /** The templates in use nest some ten sections. */
  private static final int MOST_DEPTH = 100;

  private static final Pattern SPECIAL = Pattern.compile("[{}#%\\\\]");

  private final String source;
  private final boolean trimmed;
  private final StringBuilder out = new StringBuilder();
  private final List<Expression> expressions = new ArrayList<>();
  private final ExpressionParser.Names names =
      new ExpressionParser.Names(new TreeSet<>(), new TreeSet<>());
  private int at;
  private boolean lineStart = true;

  /**
   * A template as jinjava takes it.
   *
   * @param text with numbers for expressions, as in e12
   * @param expressions by their numbers
   * @param filters names of those it uses
   * @param tests names of those it uses
   */
  record Compiled(
      String text, List<Expression> expressions, Set<String> filters, Set<String> tests) {}

  private int depth;

  private TemplateCompiler(String source, boolean trimmed) {
    this.source = source;
    this.trimmed = trimmed;
  }

  /**
   * Reads a template.
   *
   * @param trimmed whether lines that hold nothing but code leave nothing, and the last line break
   *     is dropped, as transformers has it
   * @throws TemplateSyntax if it is none
   */
  static Compiled compiled(String source, boolean trimmed) {
    String text = source.replaceAll("\r\n?", "\n");
    boolean shortened = trimmed && text.endsWith("\n");
    TemplateCompiler compiler =
        new TemplateCompiler(shortened ? text.substring(0, text.length() - 1) : text, trimmed);
    compiler.all();
    return new Compiled(
        compiler.out.toString(),
        List.copyOf(compiler.expressions),
        compiler.names.filters(),
        compiler.names.tests());
  }

  private void all() {
    Matcher opening = OPENING.matcher(source);
    while (opening.find(at)) {
      int start = opening.start();
      char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
      boolean output = source.charAt(start + 1) == '{';
      data(source.substring(at, start), sign, output);
      section(start, source.charAt(start + 1), sign == '-' || (sign == '+' && !output) ? 3 : 2);
    }
    text(source.substring(at));
  }

  /** Writes what stands before a section, less the white space that the section takes with it. */
  private void data(String text, char sign, boolean output) {
    if (sign == '-') {
      text(PythonText.stripped(text, PythonValues.NONE, false, true));
      return;
    }
    int line = text.lastIndexOf('\n') + 1;
    boolean code = trimmed && sign != '+' && !output && (line > 0 || lineStart);
    boolean blank = text.substring(line).codePoints().allMatch(PythonText::isSpace);
    text(code && blank ? text.substring(0, line) : text);
  }

  private void text(String text) {
    if (SPECIAL.matcher(text).find()) {
      int number = add(written(OperandParser.constant(text)));
      out.append("{{ e").append(number).append(breaks(text)).append(" }}");
    } else {
      out.append(text);
    }
  }

  /** Keeps the count of the lines. */
  private static String breaks(String text) {
    return "\n".repeat((int) text.chars().filter(c -> c == '\n').count());
  }

  private void section(int start, char kind, int opening) {
    Matcher raw = RAW.matcher(source).region(start, source.length());
    if (kind == '#') {
      comment(start);
    } else if (kind == '%' && raw.lookingAt()) {
      raw(raw);
    } else {
      code(start, start + opening, kind == '{');
    }
  }

  private void comment(int start) {
    Matcher end = END_COMMENT.matcher(source);
    if (!end.find(start + 2)) {
      throw new TemplateSyntax("a comment does not end", start);
    }
    out.append(
        "{% if e"
            + add(OperandParser.constant(false))
            + breaks(source.substring(start, end.end()))
            + " %}{% endif %}");
    after(end.end(), end.group(1), true);
  }

  private void raw(Matcher raw) {
    Matcher end = END_RAW.matcher(source);
    if (!end.find(raw.end())) {
      throw new TemplateSyntax("a raw section does not end", raw.start());
    }
    after(raw.end(), raw.group(1).isEmpty() ? "+" : "-", true);
    String sign = end.group(1);
    data(
        source.substring(Math.min(at, end.start()), end.start()),
        sign.isEmpty() ? ' ' : sign.charAt(0),
        false);
    after(end.end(), end.group(2), true);
  }

  private void code(int start, int from, boolean output) {
    List<TemplateToken> words = TokenReader.read(source, from, output);
    TokenCursor tokens = new TokenCursor(source, words);
    TemplateToken end = words.get(words.size() - 1);
    String breaks = breaks(source.substring(start, end.end()));
    ExpressionParser parser = new ExpressionParser(tokens, names);
    if (output) {
      int number = add(written(ExpressionParser.used(parser.tuple(true))));
      out.append("{{ e").append(number).append(breaks).append(" }}");
    } else {
      String tag = new StatementParser(tokens, parser, this::add).statement();
      nest(tag, start);
      out.append(tag.isEmpty() ? breaks : "{% " + tag + breaks + " %}");
    }
    tokens.expectEnd();
    after(end.end(), end.text(), !output);
  }

  /** jinjava goes down recursively, and how deep the stack lets it depends on the moment. */
  private void nest(String tag, int start) {
    String name = tag.split("\\s", 2)[0];
    boolean block = name.equals("set") && !tag.contains("=");
    depth += NESTING.contains(name) || block ? 1 : name.startsWith("end") ? -1 : 0;
    if (depth > MOST_DEPTH) {
      throw new TemplateSyntax("sections are nested too deeply", start);
    }
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

  private int add(Expression expression) {
    expressions.add(expression);
    return expressions.size() - 1;
  }

  private static Expression written(Expression expression) {
    return scope -> {
      Object value = expression.value(scope);
      String text = value instanceof SafeText safe ? safe.text() : PythonValues.str(value);
      return new Jinja.Written(value, scope.spent(text));
    };
  }
}
