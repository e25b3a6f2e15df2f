package org.soft4j.lm.tokenizer;

import java.util.stream.IntStream;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/** A tokenizer that is told whether a beginning-of-text token stands before every text. */
final class BeginningTokenizer implements Tokenizer {
  private final Tokenizer tokenizer;
  private final Beginning beginning;
  private final SpecialTokens special;
  private final String prefix;

  BeginningTokenizer(Tokenizer tokenizer, Beginning beginning, SpecialTokens special) {
    this.tokenizer = tokenizer;
    this.beginning = beginning;
    this.special = special;
    int[] first = special.prefix().stream().toArray();
    prefix = first.length == 0 ? "" : tokenizer.decodeWithSpecial(first);
  }

  @Override
  public int[] encode(String text) {
    // The harness, too, takes the end-of-text token for it where there is no other.
    boolean begun = !prefix.isEmpty() && text.startsWith(prefix);
    if (begun || beginning == Beginning.OFF) {
      return tokenizer.encodePlain(text);
    }
    int[] ids = tokenizer.encode(text);
    if (beginning == Beginning.AUTO) {
      return ids;
    }
    int begin = special.begin().getAsInt();
    return ids.length > 0 && ids[0] == begin
        ? ids
        : IntStream.concat(IntStream.of(begin), IntStream.of(ids)).toArray();
  }

  @Override
  public int[] appended() {
    return tokenizer.appended();
  }

  @Override
  public int[] encodePlain(String text) {
    return tokenizer.encodePlain(text);
  }

  @Override
  public String decode(int[] ids) {
    return tokenizer.decode(ids);
  }

  @Override
  public String decodeWithSpecial(int[] ids) {
    return tokenizer.decodeWithSpecial(ids);
  }

  @Override
  public String decodeAfter(int[] context, int[] ids) {
    return tokenizer.decodeAfter(context, ids);
  }

  @Override
  public String decodeAfterWithSpecial(int[] context, int[] ids) {
    return tokenizer.decodeAfterWithSpecial(context, ids);
  }

  @Override
  public String marked(String text) {
    return tokenizer.marked(text);
  }

  @Override
  public boolean special(int id) {
    return tokenizer.special(id);
  }

  @Override
  public int id(String token) {
    return tokenizer.id(token);
  }

  @Override
  public int largestId() {
    return tokenizer.largestId();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
