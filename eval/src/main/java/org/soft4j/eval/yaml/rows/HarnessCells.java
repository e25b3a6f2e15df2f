package org.soft4j.eval.yaml.rows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * CSV columns as the harness's loader types them: pandas' words for missing values, then whole
 * numbers, fractions, truth values and texts, whichever comes first that all cells are.
 */
public final class HarnessCells {
  /** Rows that pandas types together. */
  private static final int CHUNK = 10_000;

  /** Bytes that pandas types together. */
  private static final long PIECE = 256 << 10;

  private static final Set<String> MISSING =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  private static final String SPACE = "[ \\t\\x0b\\f\\r\\n]*";
  private static final Pattern WHOLE = Pattern.compile(SPACE + "[+-]?\\d+" + SPACE);
  private static final Pattern FRACTION =
      Pattern.compile(SPACE + "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?" + SPACE);
  private static final Pattern ENDLESS = Pattern.compile("(?i)[+-]?inf(?:inity)?");
  private static final Pattern TRUTH = Pattern.compile("True|TRUE|true|False|FALSE|false");
  private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(Long.SIZE);

  private enum Kind {
    NOTHING,
    WHOLE,
    /** Whole numbers beside missing ones, which makes fractions of them. */
    GAPPED,
    FRACTION,
    TRUTH,
    TEXT
  }

  private HarnessCells() {}

  /**
   * The rows of a table.
   *
   * @param columns names by cells as they stand, quotes taken off
   * @param bytes of the whole file
   * @throws IllegalArgumentException for what the loader ends at, or what is not read exactly
   */
  public static HarnessRows typed(Map<String, List<String>> columns, long bytes) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    List<Map<String, Object>> rows = new ArrayList<>();
    columns.forEach(
        (name, cells) -> {
          try {
            Kind kind = checked(cells, bytes, columns.size() == 1);
            kinds.put(name, kind);
            for (int i = 0; i < cells.size(); i++) {
              if (rows.size() == i) {
                rows.add(new LinkedHashMap<>());
              }
              rows.get(i).put(name, value(cells.get(i), kind));
            }
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "column \"%s\": %s".formatted(name, e.getMessage()), e);
          }
        });
    return new HarnessRows(kinds.toString(), rows);
  }

  private static Kind checked(List<String> cells, long bytes, boolean alone) {
    if (alone && cells.stream().anyMatch(cell -> !cell.isEmpty() && cell.isBlank())) {
      throw new IllegalArgumentException("a line of blanks, which it leaves out");
    }
    Kind kind = kind(cells);
    for (int from = 0; from < cells.size() && cells.size() > CHUNK; from += CHUNK) {
      Kind part = kind(cells.subList(from, Math.min(cells.size(), from + CHUNK)));
      if (part != kind) {
        throw new IllegalArgumentException(
            "rows %s to %s are of another kind than the rest".formatted(from + 1, from + CHUNK));
      }
    }
    if (kind == Kind.TEXT && bytes > PIECE && cells.stream().anyMatch(HarnessCells::fraction)) {
      throw new IllegalArgumentException(
          "numbers among texts in a file of more than %s bytes".formatted(PIECE));
    }
    return kind;
  }

  private static Kind kind(List<String> cells) {
    List<String> there = cells.stream().filter(cell -> !MISSING.contains(cell)).toList();
    if (there.isEmpty()) {
      return Kind.NOTHING;
    }
    if (there.stream().allMatch(cell -> WHOLE.matcher(cell).matches())) {
      if (!there.stream().map(HarnessCells::whole).allMatch(n -> n.bitLength() < Long.SIZE)) {
        throw new IllegalArgumentException("whole numbers beyond 64 bits");
      }
      return there.size() == cells.size() ? Kind.WHOLE : Kind.GAPPED;
    }
    if (there.stream().allMatch(HarnessCells::fraction)) {
      there.stream().filter(cell -> WHOLE.matcher(cell).matches()).forEach(HarnessCells::refuseBig);
      return Kind.FRACTION;
    }
    return there.stream().allMatch(cell -> TRUTH.matcher(cell).matches()) ? Kind.TRUTH : Kind.TEXT;
  }

  private static void refuseBig(String cell) {
    BigInteger number = whole(cell);
    if (number.compareTo(BEYOND) >= 0 || number.bitLength() >= Long.SIZE && number.signum() < 0) {
      throw new IllegalArgumentException("whole numbers beyond 64 bits among fractions");
    }
  }

  private static BigInteger whole(String cell) {
    String digits = cell.strip();
    return new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits);
  }

  private static boolean fraction(String cell) {
    return FRACTION.matcher(cell).matches() || ENDLESS.matcher(cell).matches();
  }

  private static Object value(String cell, Kind kind) {
    if (MISSING.contains(cell)) {
      return null;
    }
    return switch (kind) {
      case WHOLE -> (Object) whole(cell).longValue();
      case GAPPED -> whole(cell).doubleValue();
      case FRACTION -> number(cell);
      case TRUTH -> Boolean.valueOf(cell);
      default -> cell;
    };
  }

  private static Double number(String cell) {
    if (ENDLESS.matcher(cell).matches()) {
      return cell.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.valueOf(cell.strip());
  }
}
