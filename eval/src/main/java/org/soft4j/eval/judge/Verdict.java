package org.soft4j.eval.judge;

import java.util.EnumSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What was read out of a reply.
 *
 * @param value a rating, or a preference: 1 for what was shown first, 2 for the second; empty where
 *     the verdict is unread
 * @param notes what was odd about it
 */
record Verdict(OptionalDouble value, Set<Note> notes) {
  /** What was odd about a verdict. */
  enum Note {
    NOT_FOUND("unread: no verdict in the reply"),
    OUT_OF_SCALE("unread: a verdict outside the scale"),
    UNFINISHED("unread: the reply ends inside its reasoning"),
    /** Both ranks are the same, or the verdict is no number. */
    CONTRADICTION("unread: a verdict that contradicts itself"),
    SEVERAL("ambiguous: several verdicts differ, and the rule's one counts"),
    UNBRACKETED("read without the double brackets that were asked for"),
    REASONING("read behind reasoning that was left out");

    private final String words;

    Note(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Verdict read(double value) {
    return new Verdict(OptionalDouble.of(value), Set.of());
  }

  static Verdict unread(Note why) {
    return new Verdict(OptionalDouble.empty(), Set.of(why));
  }

  Verdict and(boolean also, Note note) {
    if (!also) {
      return this;
    }
    EnumSet<Note> all = EnumSet.of(note);
    all.addAll(notes);
    return new Verdict(value, all);
  }
}
