package org.soft4j.benchmarks.instructions;

import java.util.List;
import java.util.Set;

/** Instructions about the length of an answer. */
sealed interface LengthRule extends Rule {
  /** How many. */
  int count();

  @Override
  default List<String> values() {
    return List.of(String.valueOf(count()));
  }

  @Override
  default String family() {
    return "length";
  }

  /** So many words or fewer. */
  record MostWords(int count) implements LengthRule {
    @Override
    public String name() {
      return "most_words";
    }

    @Override
    public String wording() {
      return "Use at most %s words.".formatted(count);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.LENGTH);
    }

    @Override
    public boolean holds(String text) {
      int words = AnswerText.words(text).size();
      return words > 0 && words <= count;
    }
  }

  /** So many words or more. */
  record LeastWords(int count) implements LengthRule {
    @Override
    public String name() {
      return "least_words";
    }

    @Override
    public String wording() {
      return "Use at least %s words.".formatted(count);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.LENGTH);
    }

    @Override
    public boolean holds(String text) {
      return AnswerText.words(text).size() >= count;
    }
  }

  /** So many sentences. */
  record Sentences(int count) implements LengthRule {
    @Override
    public String name() {
      return "sentences";
    }

    @Override
    public String wording() {
      return "Answer in exactly %s sentences.".formatted(count);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.SHAPE, Aspect.CASE, Aspect.EDGES);
    }

    @Override
    public boolean holds(String text) {
      return AnswerText.sentences(text) == count;
    }
  }

  /** So many paragraphs. */
  record Paragraphs(int count) implements LengthRule {
    @Override
    public String name() {
      return "paragraphs";
    }

    @Override
    public String wording() {
      return "Write exactly %s paragraphs, with an empty line between them.".formatted(count);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.SHAPE);
    }

    @Override
    public boolean holds(String text) {
      return AnswerText.paragraphs(text).size() == count;
    }
  }
}
