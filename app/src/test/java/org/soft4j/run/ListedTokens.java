package org.soft4j.run;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * A model's tokenizer that also takes token ids for a text, so that a model can be asked by them,
 * and keeps those of the text that was written last.
 */
final class ListedTokens implements Tokenizer {
  private static final String MARK = "\u0001ids";

  private final Tokenizer own;
  private int[] last = {};

  ListedTokens(Tokenizer own) {
    this.own = own;
  }

  /** Ids of the last text that was decoded behind a context. */
  int[] last() {
    return last.clone();
  }

  @Override
  public String decodeAfter(int[] context, int[] ids) {
    last = ids.clone();
    return own.decodeAfter(context, ids);
  }

  /** Ids as a text that {@link #encode} reads. */
  static String text(List<Integer> ids) {
    return MARK + ids.stream().map(id -> "," + id).collect(Collectors.joining());
  }

  private static int[] ids(String text) {
    return Arrays.stream(text.substring(MARK.length() + 1).split(","))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  @Override
  public int[] encode(String text) {
    return text.startsWith(MARK) ? ids(text) : own.encode(text);
  }

  @Override
  public int[] encodePlain(String text) {
    return text.startsWith(MARK) ? ids(text) : own.encodePlain(text);
  }

  @Override
  public int[] appended() {
    return own.appended();
  }

  @Override
  public String decode(int[] ids) {
    return own.decode(ids);
  }

  @Override
  public String decodeWithSpecial(int[] ids) {
    return own.decodeWithSpecial(ids);
  }

  @Override
  public boolean special(int id) {
    return own.special(id);
  }

  @Override
  public int id(String token) {
    return own.id(token);
  }

  @Override
  public int largestId() {
    return own.largestId();
  }

  @Override
  public void close() {
    own.close();
  }
}
