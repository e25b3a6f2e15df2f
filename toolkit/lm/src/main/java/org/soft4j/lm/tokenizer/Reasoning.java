package org.soft4j.lm.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a model's reasoning out of what it wrote, where it is marked as such: {@code
 * <think>…</think>} and its like, also where the beginning stands in the prompt or the end never
 * came, and the channels of gpt-oss.
 *
 * <p>A mark that is only mentioned is none: one that never ends must begin a line, and an end
 * without a beginning must stand at the border of one.
 *
 * @param answer what is left, without white space around it; the text as it is where there was no
 *     reasoning
 * @param found whether there was any
 * @param unfinished whether the text ends inside it
 */
public record Reasoning(String answer, boolean found, boolean unfinished) {
  private record Mark(Pattern begin, Pattern end) {
    Mark(String begin, String end) {
      this(
          Pattern.compile(begin, Pattern.CASE_INSENSITIVE),
          Pattern.compile(end, Pattern.CASE_INSENSITIVE));
    }

    /** Where it stands in a text, in order: kind, from, to. */
    List<int[]> in(String text) {
      List<int[]> found = new ArrayList<>();
      begin.matcher(text).results().forEach(r -> found.add(new int[] {BEGIN, r.start(), r.end()}));
      end.matcher(text).results().forEach(r -> found.add(new int[] {END, r.start(), r.end()}));
      found.sort(Comparator.comparingInt(m -> m[FROM]));
      return found;
    }
  }

  private static final int KIND = 0;
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int BEGIN = 0;
  private static final int END = 1;

  private static final List<Mark> MARKS =
      List.of(
          // DeepSeek, Qwen, many others; Seed-OSS writes seed:think.
          new Mark(
              "<(?:seed:)?(?:think|thinking|thought|reasoning)>",
              "</(?:seed:)?(?:think|thinking|thought|reasoning)>"),
          // Kimi.
          new Mark("◁think▷", "◁/think▷"),
          // Magistral.
          new Mark("\\[THINK]", "\\[/THINK]"),
          // Command A.
          new Mark("<\\|START_THINKING\\|>", "<\\|END_THINKING\\|>"));

  private static final Pattern FINAL_CHANNEL =
      Pattern.compile("<\\|channel\\|>\\s*final\\s*<\\|message\\|>");
  private static final Pattern OTHER_CHANNEL =
      Pattern.compile("^\\s*(?:<\\|start\\|>assistant)?<\\|channel\\|>");
  private static final Pattern TURN_END = Pattern.compile("(?:<\\|return\\|>|<\\|end\\|>)\\s*$");
  // What is left of channels where special tokens are not written.
  private static final Pattern BARE_CHANNELS =
      Pattern.compile("^\\s*analysis(?=\\S).*?assistantfinal", Pattern.DOTALL);

  /** Reads a text. */
  public static Reasoning of(String text) {
    Matcher last = FINAL_CHANNEL.matcher(text);
    int behind = -1;
    while (last.find()) {
      behind = last.end();
    }
    if (behind >= 0) {
      return found(TURN_END.matcher(text.substring(behind)).replaceFirst(""), false);
    }
    if (OTHER_CHANNEL.matcher(text).find()) {
      return found("", true);
    }
    Matcher bare = BARE_CHANNELS.matcher(text);
    if (bare.find()) {
      return found(text.substring(bare.end()), false);
    }
    Reasoning taken = new Reasoning(text, false, false);
    for (Mark mark : MARKS) {
      taken = taken.without(mark);
    }
    return taken;
  }

  private static Reasoning found(String answer, boolean unfinished) {
    return new Reasoning(answer.strip(), true, unfinished);
  }

  private Reasoning without(Mark mark) {
    List<int[]> marks = mark.in(answer);
    int lastEnd =
        marks.stream().filter(m -> m[KIND] == END).mapToInt(m -> m[FROM]).max().orElse(-1);
    StringBuilder left = new StringBuilder();
    boolean some = found;
    int depth = 0;
    int kept = 0;
    int ended = 0;
    for (int[] m : marks) {
      if (m[KIND] == BEGIN && depth == 0 && lastEnd < m[FROM]) {
        if (beginsLine(answer, m[FROM])) {
          left.append(answer, kept, m[FROM]);
          return new Reasoning(left.toString().strip(), true, true);
        }
      } else if (m[KIND] == BEGIN) {
        if (depth++ == 0) {
          left.append(answer, kept, m[FROM]);
        }
      } else if (depth > 0) {
        depth--;
        ended = m[TO];
        kept = depth == 0 ? ended : kept;
        some = true;
      } else if (beginsLine(answer, m[FROM]) || endsLine(answer, m[TO])) {
        left.setLength(0);
        kept = m[TO];
        some = true;
      }
    }
    left.append(answer, depth > 0 ? ended : kept, answer.length());
    return some ? new Reasoning(left.toString().strip(), true, unfinished) : this;
  }

  private static boolean beginsLine(String text, int at) {
    int i = at - 1;
    while (i >= 0 && text.charAt(i) != '\n' && Character.isWhitespace(text.charAt(i))) {
      i--;
    }
    return i < 0 || text.charAt(i) == '\n';
  }

  private static boolean endsLine(String text, int at) {
    int i = at;
    while (i < text.length() && text.charAt(i) != '\n' && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i == text.length() || text.charAt(i) == '\n';
  }
}
