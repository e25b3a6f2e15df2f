package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.SafetensorsHeader.Entry;

/**
 * Reads and writes the safetensors format: eight bytes of header length, a JSON header, then the
 * payloads without gap or overlap (format notes of huggingface/safetensors).
 */
public final class Safetensors implements WeightSource {
  static final int MAX_HEADER = 100_000_000;

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

  public static Safetensors open(FileSlices slices) {
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
    SafetensorsHeader header = SafetensorsHeader.read(slices.map(8, length), file);
    checkLayout(file, header.entries(), slices.size() - 8 - length);
    return new Safetensors(
        slices,
        8 + length,
        Collections.unmodifiableMap(header.entries()),
        Collections.unmodifiableMap(header.metadata()));
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

  /**
   * Writes tensors whose numbers are made while they are written.
   *
   * @param tensors what is going to be written, in this order
   * @param content asked once for each of them, in the same order
   */
  public static void write(
      Path file,
      LinkedHashMap<String, TensorPlan> tensors,
      Map<String, String> metadata,
      TensorPlan.Content content) {
    SafetensorsWriter.write(file, tensors, metadata, content);
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
  public void checkType(String name) {
    type(find(name));
  }

  @Override
  public StoredTensor read(String name) {
    Entry entry = find(name);
    StoredTensor.Type type = type(entry);
    ByteBuffer bytes = slices.map(dataStart + entry.begin(), entry.end() - entry.begin());
    return new StoredTensor(type, entry.shape().clone(), bytes);
  }

  private StoredTensor.Type type(Entry entry) {
    return switch (entry.dtype()) {
      case "F32" -> StoredTensor.Type.F32;
      case "F16" -> StoredTensor.Type.F16;
      case "BF16" -> StoredTensor.Type.BF16;
      default ->
          throw ModelErrors.unsupported(
              slices.file(),
              "tensor " + entry.name() + " has type " + entry.dtype(),
              "Types that can be used: F32, F16, BF16.");
    };
  }

  private Entry find(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw ModelErrors.damaged(slices.file(), "has no tensor " + name);
    }
    return entry;
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
            "tensor %s begins at byte %s of the data, where the one before ends at %s"
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
