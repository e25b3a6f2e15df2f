package org.soft4j.lm.gguf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;

/** Typed access to a GGUF file's metadata. */
public record GgufMetadata(Path file, Map<String, Object> values) {
  boolean has(String key) {
    return values.containsKey(key);
  }

  public Optional<String> text(String key) {
    return get(key, String.class, "a text");
  }

  Optional<Boolean> flag(String key) {
    return get(key, Boolean.class, "true or false");
  }

  /** A number, whole or not. */
  Optional<Double> number(String key) {
    return get(key, Number.class, "a number").map(Number::doubleValue);
  }

  /** A whole number of 0 or more that fits an int. */
  public Optional<Integer> whole(String key) {
    return get(key, Long.class, "a whole number")
        .map(
            value -> {
              if (value < 0 || value > Integer.MAX_VALUE) {
                throw damaged(key + " = " + value + " is out of range");
              }
              return value.intValue();
            });
  }

  int requiredCount(String key) {
    int value = whole(key).orElseThrow(() -> damaged("has no " + key));
    if (value == 0) {
      throw damaged(key + " is 0");
    }
    return value;
  }

  double positive(String key, double whenAbsent) {
    double value = number(key).orElse(whenAbsent);
    if (!(value > 0) || Double.isInfinite(value)) {
      throw damaged(key + " = " + value + " is no positive number");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  Optional<List<String>> texts(String key) {
    // The reader makes lists of String only.
    return get(key, List.class, "a list of texts").map(list -> (List<String>) list);
  }

  Optional<Numbers> numbers(String key) {
    return get(key, Numbers.class, "a list of numbers");
  }

  UserError damaged(String detail) {
    return ModelErrors.damaged(file, detail);
  }

  private <T> Optional<T> get(String key, Class<T> type, String wanted) {
    Object value = values.get(key);
    if (value != null && !type.isInstance(value)) {
      throw damaged(key + " is not " + wanted);
    }
    return Optional.ofNullable(type.cast(value));
  }

  /** An array of numbers, left in the mapped file. */
  public record Numbers(GgufType type, int count, ByteBuffer bytes) {
    /** One of them as Long, Double or Boolean. */
    Object get(int index) {
      return type.read(bytes, index * type.width());
    }
  }
}
