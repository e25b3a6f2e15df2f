package org.soft4j.lm.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Kind;

/** The pieces of a vocabulary by what they are for; of two equal ones the first counts. */
final class PieceIndex {
  private final Map<String, Integer> textIds = new HashMap<>();
  private final Map<String, Integer> controlIds = new HashMap<>();
  private final List<String> whole = new ArrayList<>();
  private final int[] byteIds = new int[256];
  private int unknown = -1;

  PieceIndex(SentencePieceVocabulary vocabulary) {
    Arrays.fill(byteIds, -1);
    for (int id = 0; id < vocabulary.pieces().size(); id++) {
      add(vocabulary.pieces().get(id), vocabulary.kinds().get(id), id);
    }
  }

  private void add(String piece, Kind kind, int id) {
    switch (kind) {
      case NORMAL, UNUSED -> textIds.putIfAbsent(piece, id);
      case USER_DEFINED -> {
        textIds.putIfAbsent(piece, id);
        whole.add(piece);
      }
      case BYTE -> byteIds[SentencePieceVocabulary.byteValue(piece)] = id;
      case CONTROL -> controlIds.putIfAbsent(piece, id);
      case UNKNOWN -> {
        controlIds.putIfAbsent(piece, id);
        unknown = id;
      }
    }
  }

  /** Pieces that text becomes. */
  Map<String, Integer> textIds() {
    return textIds;
  }

  /** Control pieces and the unknown one. */
  Map<String, Integer> controlIds() {
    return controlIds;
  }

  /** User-defined pieces. */
  List<String> whole() {
    return whole;
  }

  boolean hasAllBytes() {
    return Arrays.stream(byteIds).noneMatch(id -> id < 0);
  }

  int byteId(byte value) {
    return byteIds[Byte.toUnsignedInt(value)];
  }

  /** Id of the unknown piece, or -1. */
  int unknown() {
    return unknown;
  }
}
