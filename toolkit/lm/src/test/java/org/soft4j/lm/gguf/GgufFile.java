package org.soft4j.lm.gguf;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A GGUF file as plain values that can be compared.
 *
 * @param values metadata, written out
 * @param tensors payloads
 * @param types of the tensors
 */
public record GgufFile(
    Map<String, String> values, Map<String, byte[]> tensors, Map<String, String> types) {
  /** Reads a whole file. */
  public static GgufFile open(Path file) {
    Gguf gguf = Gguf.open(file);
    GgufFile read = new GgufFile(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    gguf.metadata().values().forEach((key, value) -> read.values.put(key, text(value)));
    gguf.tensors()
        .forEach(
            (name, tensor) -> {
              byte[] bytes = new byte[(int) tensor.bytes()];
              gguf.slices().map(tensor.begin(), tensor.bytes()).get(bytes);
              read.tensors.put(name, bytes);
              read.types.put(name, tensor.type().name());
            });
    return read;
  }

  private static String text(Object value) {
    if (!(value instanceof GgufMetadata.Numbers numbers)) {
      return String.valueOf(value);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.count(); i++) {
      text.append(numbers.get(i)).append(' ');
    }
    return text.toString();
  }
}
