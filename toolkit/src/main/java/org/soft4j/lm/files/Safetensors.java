package org.soft4j.lm.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.soft4j.error.UserError;

/**
 * Reads and writes the safetensors format: eight bytes of header length, a JSON header, then the
 * payloads without gap or overlap (format notes of huggingface/safetensors).
 */
public final class Safetensors implements WeightSource {
  static final int MAX_HEADER = 100_000_000;

  private static final Map<String, Integer> BYTES_PER_ELEMENT =
      Map.ofEntries(
          Map.entry("F32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("I32", 4),
          Map.entry("I16", 2),
          Map.entry("I8", 1),
          Map.entry("U64", 8),
          Map.entry("U32", 4),
          Map.entry("U16", 2),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1));

  private record Entry(String name, String dtype, long[] shape, long begin, long end) {}

  private final FileSlices slices;
  private final long dataStart;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;

  private Safetensors(
      FileSlices slices, long dataStart, Map<String, Entry> entries, Map<String, String> metadata) {
    this.slices = slices;
    this.dataStart = dataStart;
    this.entries = entries;
    this.metadata = metadata;
  }

  /**
   * Reads the header and checks it against the file's size; no payload is read.
   *
   * @throws UserError if the file is missing, cut off or contradicts itself
   */
  public static Safetensors open(Path file) {
    return open(FileSlices.of(file));
  }

  static Safetensors open(FileSlices slices) {
    Path file = slices.file();
    if (slices.size() < 8) {
      throw ModelErrors.damaged(
          file, "has " + slices.size() + " bytes, too few for a safetensors file");
    }
    long length = slices.map(0, 8).getLong();
    if (length < 2 || length > MAX_HEADER || length > slices.size() - 8) {
      throw ModelErrors.damaged(
          file, "header length " + length + " does not fit a file of " + slices.size() + " bytes");
    }
    JsonNode header = JsonFile.parse(slices.map(8, length), file);
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals("__metadata__")) {
        field.getValue().properties().forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
      } else {
        entries.put(field.getKey(), entry(file, field.getKey(), field.getValue()));
      }
    }
    checkLayout(file, entries, slices.size() - 8 - length);
    return new Safetensors(
        slices,
        8 + length,
        Collections.unmodifiableMap(entries),
        Collections.unmodifiableMap(metadata));
  }

  /**
   * Writes tensors in the order of the map, payloads aligned to 8 bytes, as a whole file: first
   * beside the target, then moved onto it.
   *
   * @param file the target; its folder is made where missing
   * @param tensors by name
   * @param metadata text pairs for the header, such as {@code format: pt}
   */
  public static void write(
      Path file, LinkedHashMap<String, StoredTensor> tensors, Map<String, String> metadata) {
    SafetensorsWriter.write(file, tensors, metadata);
  }

  /** Text pairs of the header, such as {@code format: pt}. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public long[] shape(String name) {
    return find(name).shape().clone();
  }

  @Override
  public String storedType(String name) {
    return find(name).dtype();
  }

  @Override
  public StoredTensor read(String name) {
    Entry entry = find(name);
    StoredTensor.Type type =
        switch (entry.dtype()) {
          case "F32" -> StoredTensor.Type.F32;
          case "F16" -> StoredTensor.Type.F16;
          case "BF16" -> StoredTensor.Type.BF16;
          default ->
              throw ModelErrors.unsupported(
                  slices.file(),
                  "tensor " + name + " has type " + entry.dtype(),
                  "Types that can be used: F32, F16, BF16.");
        };
    ByteBuffer bytes = slices.map(dataStart + entry.begin(), entry.end() - entry.begin());
    return new StoredTensor(type, entry.shape().clone(), bytes);
  }

  private Entry find(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw ModelErrors.damaged(slices.file(), "has no tensor " + name);
    }
    return entry;
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    String dtype = node.path("dtype").asText("").toUpperCase(Locale.ROOT);
    Integer width = BYTES_PER_ELEMENT.get(dtype);
    if (width == null) {
      throw ModelErrors.damaged(file, "tensor " + name + " has unknown type \"" + dtype + "\"");
    }
    long[] shape = numbers(file, name, node.path("shape"));
    long[] offsets = numbers(file, name, node.path("data_offsets"));
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw ModelErrors.damaged(
          file, "tensor " + name + " has data_offsets " + Arrays.toString(offsets));
    }
    long bytes = width;
    try {
      for (long extent : shape) {
        bytes = Math.multiplyExact(bytes, extent);
      }
    } catch (ArithmeticException e) {
      bytes = -1;
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw ModelErrors.damaged(
          file,
          "tensor %s of type %s and shape %s cannot have %d bytes"
              .formatted(name, dtype, Arrays.toString(shape), offsets[1] - offsets[0]));
    }
    return new Entry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private static long[] numbers(Path file, String name, JsonNode node) {
    boolean sound = node.isArray() && node.size() <= 16;
    for (JsonNode number : node) {
      sound &= number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0;
    }
    if (!sound) {
      throw ModelErrors.damaged(
          file, "tensor " + name + " has a shape or data_offsets that is no list of counts");
    }
    long[] values = new long[node.size()];
    Arrays.setAll(values, i -> node.get(i).asLong());
    return values;
  }

  private static void checkLayout(Path file, Map<String, Entry> entries, long dataBytes) {
    List<Entry> sorted =
        entries.values().stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    long end = 0;
    for (Entry entry : sorted) {
      if (entry.begin() != end) {
        throw ModelErrors.damaged(
            file,
            "tensor %s begins at byte %d of the data, where the one before ends at %d"
                .formatted(entry.name(), entry.begin(), end));
      }
      end = entry.end();
    }
    if (end != dataBytes) {
      throw ModelErrors.damaged(
          file, "holds " + dataBytes + " bytes of data where its header promises " + end);
    }
  }
}
