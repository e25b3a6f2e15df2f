package org.soft4j.eval.yaml.rows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The type that the loader gives all values in one place of JSON rows. */
sealed interface JsonType {
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
