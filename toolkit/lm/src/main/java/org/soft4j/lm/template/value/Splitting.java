package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's ways of cutting a text into parts. */
final class Splitting {
  private static final Pattern LINE =
      Pattern.compile("\r\n|[\n\r\u000b\f\u001c-\u001e\u0085\u2028\u2029]");

  private Splitting() {}

  /** What split and rsplit give, the second of which cuts from the end. */
  static List<Object> split(String text, Arguments given, boolean last) {
    Object separator = given.only("split", 2, "sep", "maxsplit").get(0, "sep", None.NONE);
    long most = given.whole(1, "maxsplit", -1);
    if (separator == None.NONE) {
      return most < 0 ? new ArrayList<>(PythonText.words(text)) : words(text, most, last);
    }
    String wanted = given.text(0, "sep", "split");
    if (wanted.isEmpty()) {
      throw new TemplateFault("split is called with an empty separator");
    }
    return last ? fromEnd(text, wanted, most) : fromStart(text, wanted, most);
  }

  private static List<Object> fromStart(String text, String wanted, long most) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(wanted);
    while (at >= 0 && parts.size() != most) {
      parts.add(text.substring(from, at));
      from = at + wanted.length();
      at = text.indexOf(wanted, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<Object> fromEnd(String text, String wanted, long most) {
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    int at = text.lastIndexOf(wanted);
    while (at >= 0 && parts.size() != most) {
      parts.add(text.substring(at + wanted.length(), end));
      end = at;
      at = text.lastIndexOf(wanted, end - wanted.length());
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static List<Object> words(String text, long most, boolean last) {
    List<Object> words = new ArrayList<>();
    String left = PythonText.stripped(text, None.NONE, !last, last);
    while (!left.isEmpty()) {
      int cut = words.size() == most ? (last ? 0 : left.length()) : edge(left, last);
      String word = last ? left.substring(cut) : left.substring(0, cut);
      words.add(word);
      left = last ? left.substring(0, cut) : left.substring(cut);
      left = PythonText.stripped(left, None.NONE, !last, last);
    }
    if (last) {
      Collections.reverse(words);
    }
    return words;
  }

  /** Where the first word ends, or the last one begins. */
  private static int edge(String text, boolean last) {
    int at = last ? text.length() : 0;
    while (last
        ? at > 0 && !PythonText.isSpace(text.charAt(at - 1))
        : at < text.length() && !PythonText.isSpace(text.charAt(at))) {
      at += last ? -1 : 1;
    }
    return at;
  }

  static List<Object> lines(String text, Arguments given) {
    return lines(text, given.only("splitlines", 1, "keepends").truth(0, "keepends"));
  }

  static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    int from = 0;
    while (line.find()) {
      lines.add(text.substring(from, keepEnds ? line.end() : line.start()));
      from = line.end();
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  static Tuple partition(String text, Arguments given, boolean last) {
    String wanted = given.only("partition", 1).text(0, "sep", "partition");
    if (wanted.isEmpty()) {
      throw new TemplateFault("partition is called with an empty separator");
    }
    int at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
    if (at < 0) {
      return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
    }
    return Tuple.of(text.substring(0, at), wanted, text.substring(at + wanted.length()));
  }
}
