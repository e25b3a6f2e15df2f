package org.soft4j.benchmarks.instructions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.soft4j.core.BoundedJson;

/** Instructions about the form of an answer. */
sealed interface FormatRule extends Rule {
  @Override
  default String family() {
    return "format";
  }

  /** Every line is a bullet, and there are so many. */
  record Bullets(int count) implements FormatRule {
    @Override
    public String name() {
      return "bullets";
    }

    @Override
    public List<String> values() {
      return List.of(String.valueOf(count));
    }

    @Override
    public String wording() {
      return "Answer with exactly %s bullet points, each on a line that begins with a hyphen, and nothing else."
          .formatted(count);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.SHAPE, Aspect.EDGES);
    }

    @Override
    public boolean holds(String text) {
      List<String> lines = AnswerText.lines(text);
      return lines.size() == count
          && lines.stream().allMatch(l -> l.matches("(?s)[-*•][ \\t]+\\S.*"));
    }
  }

  /** Every line has its number, from 1 on, and there are so many. */
  record Numbered(int count) implements FormatRule {
    @Override
    public String name() {
      return "numbered";
    }

    @Override
    public List<String> values() {
      return List.of(String.valueOf(count));
    }

    @Override
    public String wording() {
      return "Answer with a numbered list of exactly %s lines, 1. to %s., and nothing else."
          .formatted(count, count);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.SHAPE, Aspect.EDGES);
    }

    @Override
    public boolean holds(String text) {
      List<String> lines = AnswerText.lines(text);
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).matches("(?s)" + (i + 1) + "[.)][ \\t]+\\S.*")) {
          return false;
        }
      }
      return lines.size() == count;
    }
  }

  /** The whole answer is one JSON object with these keys and no others. */
  record JsonObject(List<String> keys) implements FormatRule {
    @Override
    public String name() {
      return "json";
    }

    @Override
    public List<String> values() {
      return keys;
    }

    @Override
    public String wording() {
      return "Answer with one JSON object that has exactly the keys \"%s\", and nothing else."
          .formatted(String.join("\" and \"", keys));
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.SHAPE, Aspect.CASE, Aspect.COMMA, Aspect.EDGES, Aspect.LANGUAGE);
    }

    @Override
    public boolean holds(String text) {
      try {
        JsonNode root = BoundedJson.mapper().readTree(text);
        Set<String> found = new HashSet<>();
        root.fieldNames().forEachRemaining(found::add);
        return root.isObject() && found.equals(Set.copyOf(keys));
      } catch (JsonProcessingException notJson) {
        return false;
      }
    }
  }

  /** One word alone. */
  record OneWord() implements FormatRule {
    @Override
    public String name() {
      return "one_word";
    }

    @Override
    public String wording() {
      return "Answer with a single word.";
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(
          Aspect.SHAPE, Aspect.COMMA, Aspect.LENGTH, Aspect.EDGES, Aspect.KEYWORD, Aspect.LANGUAGE);
    }

    @Override
    public boolean holds(String text) {
      return AnswerText.words(text).size() == 1;
    }
  }

  /** Letters of one case alone. */
  record Cased(boolean upper) implements FormatRule {
    @Override
    public String name() {
      return upper ? "uppercase" : "lowercase";
    }

    @Override
    public String wording() {
      return upper ? "Write in capital letters only." : "Do not use any capital letters.";
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.CASE);
    }

    @Override
    public boolean holds(String text) {
      return AnswerText.letters(text)
          && text.codePoints().noneMatch(upper ? Character::isLowerCase : Cased::capital);
    }

    private static boolean capital(int letter) {
      return Character.isUpperCase(letter) || Character.isTitleCase(letter);
    }
  }

  /** No comma anywhere. */
  record NoComma() implements FormatRule {
    @Override
    public String name() {
      return "no_comma";
    }

    @Override
    public String wording() {
      return "Do not use any commas.";
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.COMMA);
    }

    @Override
    public boolean holds(String text) {
      return text.indexOf(',') < 0;
    }
  }

  /** Quotation marks at both ends, and something between them. */
  record Quoted() implements FormatRule {
    @Override
    public String name() {
      return "quoted";
    }

    @Override
    public String wording() {
      return "Put your whole answer in double quotation marks.";
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.SHAPE, Aspect.EDGES);
    }

    @Override
    public boolean holds(String text) {
      return text.length() > 2 && (between(text, '"', '"') || between(text, '“', '”'));
    }

    private static boolean between(String text, char first, char last) {
      return text.charAt(0) == first && text.charAt(text.length() - 1) == last;
    }
  }

  /** These words, letter by letter, at one end. */
  record Edge(boolean end, String phrase) implements FormatRule {
    @Override
    public String name() {
      return end ? "ends_with" : "begins_with";
    }

    @Override
    public List<String> values() {
      return List.of(phrase);
    }

    @Override
    public String wording() {
      return "%s your answer with exactly these words: %s".formatted(end ? "End" : "Begin", phrase);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.EDGES, Aspect.CASE, Aspect.LANGUAGE);
    }

    @Override
    public boolean holds(String text) {
      return end ? text.endsWith(phrase) : text.startsWith(phrase);
    }
  }
}
