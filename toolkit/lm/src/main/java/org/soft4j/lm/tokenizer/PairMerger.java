package org.soft4j.lm.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Joins neighbouring symbols of a text into pieces, the pair with the highest score first and the
 * leftmost of equals (SentencePiece, bpe_model.cc, Encode).
 */
final class PairMerger {
  private static final Comparator<Pair> ORDER =
      Comparator.comparingDouble((Pair pair) -> 0.0 - pair.score()).thenComparingInt(Pair::left);

  private final SentencePieceVocabulary vocabulary;
  private final Map<String, Integer> ids;
  private final List<String> whole;

  /** Two neighbours that a piece would join; stale once one of them has changed. */
  private record Pair(int left, int right, int end, float score) {}

  /**
   * Prepares to merge.
   *
   * @param ids of the pieces that text can become
   * @param whole user-defined pieces, which are never merged
   */
  PairMerger(SentencePieceVocabulary vocabulary, Map<String, Integer> ids, List<String> whole) {
    this.vocabulary = vocabulary;
    this.ids = ids;
    this.whole =
        whole.stream()
            .filter(piece -> !piece.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Cuts a prepared text into pieces; what is no piece is one code point long. */
  List<String> pieces(String text) {
    return new Run(text).pieces();
  }

  /**
   * The symbols of one text: each begins at an index of the text and ends where the next begins.
   */
  private final class Run {
    private final String text;
    private final int[] end;
    private final int[] before;
    private final boolean[] frozen;
    private final PriorityQueue<Pair> queue = new PriorityQueue<>(ORDER);
    private final Map<String, Integer> joints = new HashMap<>();

    Run(String text) {
      this.text = text;
      end = new int[text.length()];
      before = new int[text.length()];
      frozen = new boolean[text.length()];
    }

    List<String> pieces() {
      cut();
      for (int at = 0; at < text.length(); at = end[at]) {
        propose(before[at], at);
      }
      while (!queue.isEmpty()) {
        merge(queue.remove());
      }
      List<String> pieces = new ArrayList<>();
      for (int at = 0; at < text.length(); at = end[at]) {
        takeApart(text.substring(at, end[at]), pieces);
      }
      return pieces;
    }

    private void cut() {
      int last = -1;
      for (int at = 0; at < text.length(); at = end[at]) {
        int length = wholeAt(at);
        frozen[at] = length > 0;
        end[at] = at + (length > 0 ? length : Character.charCount(text.codePointAt(at)));
        before[at] = last;
        last = at;
      }
    }

    /** Length of the longest user-defined piece that begins here, or 0. */
    private int wholeAt(int at) {
      for (String piece : whole) {
        if (text.startsWith(piece, at)) {
          return piece.length();
        }
      }
      return 0;
    }

    private void propose(int left, int right) {
      if (left < 0 || right >= text.length() || frozen[left] || frozen[right]) {
        return;
      }
      String joined = text.substring(left, end[right]);
      Integer id = ids.get(joined);
      if (id != null) {
        queue.add(new Pair(left, right, end[right], vocabulary.scores()[id]));
        if (vocabulary.kinds().get(id) == SentencePieceVocabulary.Kind.UNUSED) {
          joints.put(joined, right - left);
        }
      }
    }

    private void merge(Pair pair) {
      boolean stale = end[pair.left()] != pair.right() || end[pair.right()] != pair.end();
      if (stale) {
        return;
      }
      end[pair.left()] = pair.end();
      // Marks the right symbol as gone: no pair can begin or end there any more.
      end[pair.right()] = -1;
      if (pair.end() < text.length()) {
        before[pair.end()] = pair.left();
      }
      propose(before[pair.left()], pair.left());
      propose(pair.left(), pair.end());
    }

    /** An unused piece becomes the two that were joined to it. */
    private void takeApart(String piece, List<String> into) {
      Integer joint = joints.get(piece);
      if (joint == null) {
        into.add(piece);
      } else {
        takeApart(piece.substring(0, joint), into);
        takeApart(piece.substring(joint), into);
      }
    }
  }
}
