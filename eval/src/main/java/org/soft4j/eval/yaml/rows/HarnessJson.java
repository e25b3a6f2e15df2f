package org.soft4j.eval.yaml.rows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** JSON rows as the harness's loader types them. */
public final class HarnessJson {
  private final boolean rewritten;

  private HarnessJson(boolean rewritten) {
    this.rewritten = rewritten;
  }

  /**
   * The rows with values as the loader gives them: whole numbers beside fractions are fractions,
   * texts that all are times are times, and columns of several kinds go through JSON again.
   *
   * @param rows values as they stand: texts, Longs, BigIntegers, Doubles, truth values, nulls,
   *     lists and maps
   * @param list whether the file is a JSON list, which the loader writes anew before it reads it
   * @param bytes of the file
   * @throws IllegalArgumentException for what the loader ends at, or what is not read exactly
   */
  public static HarnessRows typed(List<Map<String, Object>> rows, boolean list, long bytes) {
    if (bytes > HarnessRows.MOST_JSON) {
      throw new IllegalArgumentException(
          "more than %s bytes, which it types piece by piece".formatted(HarnessRows.MOST_JSON));
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    Map<String, JsonType> types = new LinkedHashMap<>();
    for (String column : columns) {
      List<Object> values = new ArrayList<>();
      rows.forEach(row -> values.add(row.get(column)));
      types.put(column, JsonType.of(values));
    }
    HarnessJson reading =
        new HarnessJson(list || types.values().stream().anyMatch(JsonType::mixed));
    return new HarnessRows(
        types.toString(), rows.stream().map(row -> reading.row(row, types)).toList());
  }

  private Map<String, Object> row(Map<String, Object> row, Map<String, JsonType> types) {
    Map<String, Object> typed = new LinkedHashMap<>();
    types.forEach(
        (column, type) -> {
          try {
            typed.put(column, value(row.get(column), type));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "column \"%s\": %s".formatted(column, e.getMessage()), e);
          }
        });
    return typed;
  }

  private Object value(Object value, JsonType type) {
    if (value == null) {
      return null;
    }
    if (rewritten && JsonType.tooBig(value)) {
      throw new IllegalArgumentException("%s is too big for its JSON reader".formatted(value));
    }
    if (type instanceof JsonType.Elements list) {
      return elements((List<?>) value, list.type());
    }
    if (type instanceof JsonType.Fields map) {
      Map<String, Object> typed = new LinkedHashMap<>();
      map.types()
          .forEach((key, inner) -> typed.put(key, inside(((Map<?, ?>) value).get(key), inner)));
      return typed;
    }
    return switch ((JsonType.Plain) type) {
      case FRACTION -> fraction(((Number) value).doubleValue(), value instanceof Double);
      case TIMESTAMP -> Timestamp.of((String) value).orElseThrow();
      case MIXED -> value instanceof String text ? Ujson.loose(text) : Ujson.again(value);
      default -> value;
    };
  }

  private List<Object> elements(List<?> values, JsonType type) {
    List<Object> typed = new ArrayList<>();
    values.forEach(inner -> typed.add(inside(inner, type)));
    return typed;
  }

  /** A time within a list or an object is shown as Python's repr, which no text here can be. */
  private Object inside(Object value, JsonType type) {
    if (type == JsonType.Plain.TIMESTAMP) {
      throw new IllegalArgumentException("texts within it that are times, such as " + value);
    }
    return value(value, type);
  }

  private Double fraction(double value, boolean written) {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("a number too big for 64 bits");
    }
    return rewritten && written ? (Double) Ujson.written(value) : (Double) value;
  }

  /** The type that the loader gives all values in one place of JSON rows. */
  private sealed interface JsonType {
    /** Types without an inside. */
    enum Plain implements JsonType {
      NOTHING,
      TRUTH,
      WHOLE,
      FRACTION,
      TEXT,
      TIMESTAMP,
      /** Values of several kinds: each is kept as JSON of its own. */
      MIXED
    }

    /** Lists, all elements of which have one type. */
    record Elements(JsonType type) implements JsonType {}

    /** Objects with the same keys, in the order of the first. */
    record Fields(Map<String, JsonType> types) implements JsonType {}

    /** The type of these values, nulls among them; the rows themselves are not mixed. */
    static JsonType of(List<?> values) {
      List<?> there = values.stream().filter(Objects::nonNull).toList();
      if (there.isEmpty()) {
        return Plain.NOTHING;
      }
      if (there.stream().allMatch(Map.class::isInstance)) {
        return fields(there);
      }
      if (there.stream().allMatch(List.class::isInstance)) {
        return new Elements(of(there.stream().flatMap(list -> ((List<?>) list).stream()).toList()));
      }
      return scalar(there);
    }

    private static JsonType fields(List<?> maps) {
      Map<?, ?> first = (Map<?, ?>) maps.get(0);
      boolean alike =
          maps.stream().allMatch(map -> ((Map<?, ?>) map).keySet().equals(first.keySet()));
      if (!alike || first.isEmpty()) {
        return Plain.MIXED;
      }
      Map<String, JsonType> types = new LinkedHashMap<>();
      for (Object key : first.keySet()) {
        List<Object> inside = new ArrayList<>();
        maps.forEach(map -> inside.add(((Map<?, ?>) map).get(key)));
        types.put((String) key, of(inside));
      }
      return new Fields(types);
    }

    private static JsonType scalar(List<?> there) {
      if (there.stream().allMatch(Boolean.class::isInstance)) {
        return Plain.TRUTH;
      }
      if (there.stream().allMatch(Number.class::isInstance)) {
        return there.stream().allMatch(Long.class::isInstance) ? Plain.WHOLE : Plain.FRACTION;
      }
      if (there.stream().allMatch(String.class::isInstance)) {
        boolean times = there.stream().allMatch(text -> Timestamp.of((String) text).isPresent());
        return times ? Plain.TIMESTAMP : Plain.TEXT;
      }
      return Plain.MIXED;
    }

    /** Whether values of several kinds stand somewhere in it. */
    static boolean mixed(JsonType type) {
      if (type instanceof Elements list) {
        return mixed(list.type());
      }
      return type instanceof Fields map
          ? map.types().values().stream().anyMatch(JsonType::mixed)
          : type == Plain.MIXED;
    }

    /** Whether a number is whole and beyond what the loader's own reader takes. */
    static boolean tooBig(Object value) {
      return value instanceof BigInteger big && (big.bitLength() > 64 || big.signum() < 0);
    }
  }
}
