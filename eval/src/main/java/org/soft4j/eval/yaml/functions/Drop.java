package org.soft4j.eval.yaml.functions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.PythonValues;
import org.soft4j.lm.template.value.PythonText;

/**
 * drop/utils.py: every answer that a person gave counts, and an answer is worth its exact match and
 * the overlap of its words with the best of them (Dua et al. 2019).
 */
final class Drop {
  static final TaskModule MODULE =
      TaskModule.of(
          Map.of(
              "process_docs",
              TaskFunction.each(Drop::changed),
              "process_results",
              (TaskFunction.Results) Drop::results));

  private static final int UNICODE = Pattern.UNICODE_CHARACTER_CLASS;
  private static final PythonPattern ARTICLES = new PythonPattern("\\b(a|an|the)\\b");
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
  private static final Pattern BETWEEN = Pattern.compile("[ -]");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:(?:\\d+(?:_\\d+)*\\.?(?:\\d+(?:_\\d+)*)?|\\.\\d+(?:_\\d+)*)(?:e[+-]?\\d+(?:_\\d+)*)?"
              + "|inf|infinity|nan)",
          UNICODE | Pattern.CASE_INSENSITIVE);

  private Drop() {}

  private static Map<String, Object> changed(Map<String, Object> row) {
    Map<String, Object> added = new LinkedHashMap<>();
    added.put("id", Columns.any(row, "query_id"));
    added.put("passage", Columns.any(row, "passage"));
    added.put("question", Columns.any(row, "question"));
    added.put("answers", List.copyOf(answers(row)));
    return Columns.with(row, added);
  }

  private static Set<List<String>> answers(Map<String, Object> row) {
    Set<List<String>> answers = new LinkedHashSet<>();
    answers.add(answer(Columns.map(row, "answer")));
    Map<String, Object> further = Columns.map(row, "validated_answers");
    for (int i = 0; i < Columns.list(further, "number").size(); i++) {
      Map<String, Object> one = new LinkedHashMap<>();
      for (String part : List.of("number", "date", "spans")) {
        List<?> values = Columns.list(further, part);
        if (i >= values.size()) {
          throw new IllegalArgumentException("\"validated_answers\" has too few " + part);
        }
        one.put(part, values.get(i));
      }
      answers.add(answer(one));
    }
    return answers;
  }

  /** A number, else spans, else a date. */
  private static List<String> answer(Map<String, Object> answer) {
    Object number = Columns.any(answer, "number");
    if (!"".equals(number)) {
      return List.of(PythonValues.str(number));
    }
    List<String> spans = Columns.texts(answer, "spans");
    if (!spans.isEmpty()) {
      return spans;
    }
    Map<String, Object> date = Columns.map(answer, "date");
    List<String> parts = new ArrayList<>();
    List.of("day", "month", "year").forEach(part -> parts.add(Columns.text(date, part)));
    return List.of(PythonText.stripped(String.join(" ", parts)));
  }

  private static Map<String, Double> results(Map<String, Object> row, List<TaskAnswer> answers) {
    String written = normal(((TaskAnswer.Writing) answers.get(0)).text());
    double exact = 0;
    double overlap = 0;
    for (Object one : Columns.list(row, "answers")) {
      List<?> gold = (List<?>) one;
      if (!PythonText.stripped((String) gold.get(0)).isEmpty()) {
        List<String> spans = gold.stream().map(span -> normal((String) span)).toList();
        exact = Math.max(exact, spans.size() == 1 && spans.get(0).equals(written) ? 1 : 0);
        overlap = Math.max(overlap, overlap(written, spans));
      }
    }
    return Map.of("em", exact, "f1", overlap);
  }

  /** The best span's F1 over the number of spans: one answer can stand for one of them. */
  private static double overlap(String written, List<String> spans) {
    double best = 0;
    Set<String> words = new HashSet<>(PythonText.words(written));
    for (String span : spans) {
      Set<String> gold = new HashSet<>(PythonText.words(span));
      if (numbersMeet(gold, words)) {
        best = Math.max(best, f1(words, gold));
      }
    }
    return Math.rint(best / spans.size() * 100) / 100;
  }

  private static boolean numbersMeet(Set<String> gold, Set<String> words) {
    List<String> numbers = gold.stream().filter(Drop::number).toList();
    return numbers.isEmpty() || numbers.stream().anyMatch(words::contains);
  }

  private static double f1(Set<String> words, Set<String> gold) {
    double common = gold.stream().filter(words::contains).count();
    double precision = words.isEmpty() ? 1 : common / words.size();
    double recall = gold.isEmpty() ? 1 : common / gold.size();
    return precision == 0 && recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static String normal(String text) {
    List<String> tokens = new ArrayList<>();
    for (String token : BETWEEN.split(text, -1)) {
      String plain = token.toLowerCase(Locale.ROOT);
      plain = number(plain) ? plain : PUNCTUATION.matcher(plain).replaceAll("");
      plain = number(plain) ? PythonValues.str(value(plain)) : plain;
      tokens.addAll(PythonText.words(ARTICLES.replaced(plain, " ")));
    }
    return String.join(" ", tokens);
  }

  /** Whether Python's float() takes it. */
  private static boolean number(String text) {
    return NUMBER.matcher(PythonText.stripped(text)).matches();
  }

  private static Double value(String text) {
    String plain = PythonText.stripped(text).replace("_", "").toLowerCase(Locale.ROOT);
    if (plain.endsWith("nan")) {
      return Double.NaN;
    }
    if (plain.contains("inf")) {
      return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    StringBuilder digits = new StringBuilder();
    plain
        .codePoints()
        .forEach(
            c -> digits.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
    return Double.valueOf(digits.toString());
  }
}
