package org.soft4j.cluster.executor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.soft4j.core.Json;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/**
 * Requests and results of chunks as JSON Lines. Numbers that decide bytes travel as their bits,
 * since JSON knows no NaN.
 */
public final class ChunkLines {
  private ChunkLines() {}

  /** What a chunk asks for. */
  public enum Kind {
    /** Texts to be continued. */
    GENERATE,
    /** Continuations to be scored. */
    SCORE,
    /** Whole texts to be scored. */
    SCORE_WHOLE
  }

  /** A whole text, since a line is an object. */
  record WholeText(String text) {}

  record GenerationLine(
      String text,
      int tokens,
      Generation.Finish finish,
      byte[] logProbabilities,
      byte[] entropies,
      List<Caveat> caveats) {}

  record ScoreLine(
      long logProbabilityBits,
      int tokens,
      boolean greedy,
      byte[] logProbabilities,
      byte[] entropies,
      List<Caveat> caveats) {}

  /** Requests of any kind; whole texts are strings. */
  public static String requests(List<?> requests) {
    List<Object> lines = new ArrayList<>();
    for (Object request : requests) {
      lines.add(request instanceof String text ? new WholeText(text) : request);
    }
    return Json.lines(lines);
  }

  static List<GenerationRequest> generationRequests(String lines) {
    return Json.readLines(lines, GenerationRequest.class, "a chunk's requests");
  }

  static List<ScoreRequest> scoreRequests(String lines) {
    return Json.readLines(lines, ScoreRequest.class, "a chunk's requests");
  }

  static List<String> wholeTexts(String lines) {
    return Json.readLines(lines, WholeText.class, "a chunk's requests").stream()
        .map(WholeText::text)
        .toList();
  }

  static Object line(Generation result) {
    return new GenerationLine(
        result.text(),
        result.tokens(),
        result.finish(),
        bytes(result.logProbabilities()),
        bytes(result.entropies()),
        List.copyOf(result.caveats()));
  }

  static Object line(Score result) {
    return new ScoreLine(
        Double.doubleToRawLongBits(result.logProbability()),
        result.tokens(),
        result.greedy(),
        bytes(result.logProbabilities()),
        bytes(result.entropies()),
        List.copyOf(result.caveats()));
  }

  /** What was written for a chunk. */
  public static List<Generation> generations(String lines) {
    return Json.readLines(lines, GenerationLine.class, "a chunk's results").stream()
        .map(
            line ->
                new Generation(
                    line.text(),
                    line.tokens(),
                    line.finish(),
                    doubles(line.logProbabilities()),
                    doubles(line.entropies()),
                    set(line.caveats())))
        .toList();
  }

  /** The scores of a chunk. */
  public static List<Score> scores(String lines) {
    return Json.readLines(lines, ScoreLine.class, "a chunk's results").stream()
        .map(
            line ->
                new Score(
                    Double.longBitsToDouble(line.logProbabilityBits()),
                    line.tokens(),
                    line.greedy(),
                    doubles(line.logProbabilities()),
                    doubles(line.entropies()),
                    set(line.caveats())))
        .toList();
  }

  private static Set<Caveat> set(List<Caveat> caveats) {
    Set<Caveat> set = EnumSet.noneOf(Caveat.class);
    set.addAll(caveats);
    return set;
  }

  private static byte[] bytes(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private static double[] doubles(byte[] bytes) {
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
