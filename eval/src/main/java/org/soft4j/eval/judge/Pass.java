package org.soft4j.eval.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pass over the questions. FastChat makes four (gen_judgment.py): turn 1 without and with
 * references, then turn 2 likewise.
 *
 * @param turn 1 or 2
 * @param reference whether answers are judged beside a reference
 */
record Pass(int turn, boolean reference) {
  static final List<Pass> ALL =
      List.of(new Pass(1, false), new Pass(1, true), new Pass(2, false), new Pass(2, true));

  /** Whether an answer is judged in this pass. */
  boolean takes(JudgedAnswer answer) {
    return References.needed(answer.category()) == reference && (turn == 1 || answer.twoTurns());
  }

  /** The template's fields that do not depend on who answered. */
  Map<String, String> fields(JudgedAnswer answer, References references) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "question", answer.question());
    if (reference) {
      List<String> right = references.of(answer, turn);
      fields.put("ref_answer_1", right.get(0));
      if (turn == 2) {
        fields.put("ref_answer_2", right.get(1));
      }
    }
    return fields;
  }

  /** One field in turn 1; the same name with _1 and _2 in turn 2. */
  void put(Map<String, String> fields, String name, List<String> turns) {
    if (turn == 1) {
      fields.put(name, turns.get(0));
    } else {
      fields.put(name + "_1", turns.get(0));
      fields.put(name + "_2", turns.get(1));
    }
  }
}
