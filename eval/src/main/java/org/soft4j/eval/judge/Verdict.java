package org.soft4j.eval.judge;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What was read out of a reply.
 *
 * @param value the verdict; empty where it is unread
 * @param notes what was odd about it
 */
record Verdict<T>(Optional<T> value, Set<VerdictNote> notes) {
  Verdict {
    notes = Set.copyOf(notes);
  }

  static <T> Verdict<T> read(T value, VerdictNote... notes) {
    return new Verdict<>(Optional.of(value), Set.of(notes));
  }

  static <T> Verdict<T> unread(VerdictNote why) {
    return new Verdict<>(Optional.empty(), Set.of(why));
  }

  Verdict<T> and(boolean also, VerdictNote note) {
    if (!also) {
      return this;
    }
    EnumSet<VerdictNote> all = EnumSet.of(note);
    all.addAll(notes);
    return new Verdict<>(value, all);
  }
}
