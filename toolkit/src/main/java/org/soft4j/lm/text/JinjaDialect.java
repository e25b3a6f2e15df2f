package org.soft4j.lm.text;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a Jinja template so that jinjava reads it as Jinja does.
 *
 * <p>The values of keyword arguments are put in brackets, since jinjava binds their = closer than +
 * and |: it would take {@code namespace(last=messages|length - 1)} apart. The slice [::-1], which
 * jinjava does not know, becomes the filter reverse.
 */
final class JinjaDialect {
  private static final Pattern CODE = Pattern.compile("\\{[%{].*?[%}]}", Pattern.DOTALL);
  private static final Pattern MACRO =
      Pattern.compile("\\{%[-+]?\\s*(macro|call)\\b.*", Pattern.DOTALL);
  private static final Pattern KEYWORD = Pattern.compile("[(,]\\s*[A-Za-z_]\\w*\\s*=(?!=)");
  private static final Pattern REVERSED = Pattern.compile("\\[\\s*::\\s*-1\\s*](?![\\[.])");
  private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_]\\w*)");
  private static final Pattern TEST = Pattern.compile("\\bis\\s+(?:not\\s+)?([A-Za-z_]\\w*)");
  private static final Pattern SIMPLE =
      Pattern.compile("\\s*([A-Za-z_][\\w.]*|'[^'\\\\]*'|\"[^\"\\\\]*\"|-?\\d+)\\s*");

  private JinjaDialect() {}

  static String rewritten(String source) {
    return CODE.matcher(source)
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    MACRO.matcher(code.group()).matches()
                        ? code.group()
                        : reversed(inCode(code.group()))));
  }

  /** Names of the filters that a template uses. */
  static Set<String> filters(String source) {
    return names(FILTER, source);
  }

  /** Names of the tests that a template uses, such as defined. */
  static Set<String> tests(String source) {
    return names(TEST, source);
  }

  private static Set<String> names(Pattern pattern, String source) {
    Set<String> names = new TreeSet<>();
    for (MatchResult code : CODE.matcher(source).results().toList()) {
      for (MatchResult use : pattern.matcher(code.group()).results().toList()) {
        if (!inText(code.group(), use.start())) {
          names.add(use.group(1));
        }
      }
    }
    return names;
  }

  private static String inCode(String code) {
    StringBuilder out = new StringBuilder();
    Matcher keyword = KEYWORD.matcher(code);
    int from = 0;
    while (keyword.find(from)) {
      if (inText(code, keyword.start())) {
        out.append(code, from, keyword.start() + 1);
        from = keyword.start() + 1;
        continue;
      }
      int end = end(code, keyword.end());
      String value = code.substring(keyword.end(), end);
      out.append(code, from, keyword.end());
      out.append(SIMPLE.matcher(value).matches() ? value : "(" + inCode(value) + ")");
      from = end;
    }
    return out.append(code.substring(from)).toString();
  }

  private static String reversed(String code) {
    return REVERSED
        .matcher(code)
        .replaceAll(slice -> inText(code, slice.start()) ? slice.group() : "|reverse");
  }

  /** Whether a place lies within quotes. */
  private static boolean inText(String code, int place) {
    int at = 0;
    while (at < place) {
      char c = code.charAt(at);
      at = c == '\'' || c == '"' ? afterText(code, at) : at + 1;
    }
    return at > place;
  }

  /** Where a value ends: at the comma or bracket that does not belong to it. */
  private static int end(String code, int from) {
    int depth = 0;
    int at = from;
    while (at < code.length()) {
      char c = code.charAt(at);
      if (depth == 0 && (c == ',' || c == ')')) {
        return at;
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      at = c == '\'' || c == '"' ? afterText(code, at) : at + 1;
    }
    return code.length();
  }

  private static int afterText(String code, int quote) {
    int at = quote + 1;
    while (at < code.length() && code.charAt(at) != code.charAt(quote)) {
      at += code.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, code.length());
  }
}
