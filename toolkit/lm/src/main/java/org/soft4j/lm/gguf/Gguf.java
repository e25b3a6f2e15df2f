package org.soft4j.lm.gguf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.FileSlices;
import org.soft4j.lm.files.ModelErrors;

/**
 * A GGUF file of version 2 or 3 (specification: ggml-org/ggml, docs/gguf.md): metadata, and where
 * each tensor lies. Tensor shapes are turned round to row-major.
 *
 * @param slices the file
 * @param version of the format
 * @param metadata by key
 * @param tensors by GGUF name, in the order of the file
 */
public record Gguf(
    FileSlices slices, int version, GgufMetadata metadata, Map<String, Tensor> tensors) {
  private static final int MAGIC = 0x46554747;
  private static final int MAX_DIMENSIONS = 4;
  private static final int DEFAULT_ALIGNMENT = 32;

  /** One tensor: its type, row-major shape, and bytes in the file. */
  record Tensor(String name, GgufTensorType type, long[] shape, long begin, long bytes) {}

  /** A tensor as its header entry says, before it is checked. */
  private record Entry(String name, int type, long[] shape, long offset) {}

  /**
   * Reads the header and checks it against the file's size; no payload is read.
   *
   * @throws UserError if the file is missing, cut off, contradicts itself or uses something foreign
   */
  public static Gguf open(Path file) {
    return open(FileSlices.of(file));
  }

  public static Gguf open(FileSlices slices) {
    Path file = slices.file();
    GgufReader reader = new GgufReader(slices);
    if (slices.size() < 24 || reader.int32() != MAGIC) {
      throw ModelErrors.damaged(file, "is no GGUF file");
    }
    int version = reader.int32();
    if (version != 2 && version != 3) {
      throw ModelErrors.unsupported(
          file, "GGUF version " + version, "Supported: 2 and 3, little-endian.");
    }
    int tensorCount = reader.count("the tensors", 24);
    int valueCount = reader.count("the metadata", 13);
    GgufMetadata metadata = metadata(file, reader, valueCount);
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < tensorCount; i++) {
      Entry entry = entry(file, reader);
      if (entries.put(entry.name(), entry) != null) {
        throw ModelErrors.damaged(file, "has two tensors " + entry.name());
      }
    }
    int alignment = metadata.whole("general.alignment").orElse(DEFAULT_ALIGNMENT);
    if (alignment < 8 || alignment % 8 != 0) {
      throw ModelErrors.damaged(file, "general.alignment is " + alignment);
    }
    long dataStart = (reader.position() + alignment - 1) / alignment * alignment;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    entries.values().forEach(e -> tensors.put(e.name(), place(slices, e, dataStart, alignment)));
    refuseOverlap(file, tensors);
    return new Gguf(slices, version, metadata, Collections.unmodifiableMap(tensors));
  }

  private static GgufMetadata metadata(Path file, GgufReader reader, int count) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = reader.text("a metadata key");
      if (values.put(key, reader.value(key)) != null) {
        throw ModelErrors.damaged(file, "has two values for " + key);
      }
    }
    return new GgufMetadata(file, Collections.unmodifiableMap(values));
  }

  private static Entry entry(Path file, GgufReader reader) {
    String name = reader.text("a tensor name");
    int dimensions = reader.int32();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw ModelErrors.damaged(
          file, "tensor " + name + " has " + Integer.toUnsignedString(dimensions) + " dimensions");
    }
    long[] shape = new long[dimensions];
    for (int i = dimensions - 1; i >= 0; i--) {
      shape[i] = reader.extent(name);
    }
    int type = reader.int32();
    return new Entry(name, type, shape, reader.extent(name));
  }

  private static Tensor place(FileSlices slices, Entry entry, long dataStart, int alignment) {
    GgufTensorType type =
        GgufTensorType.of(entry.type())
            .orElseThrow(
                () ->
                    ModelErrors.unsupported(
                        slices.file(),
                        "tensor "
                            + entry.name()
                            + " has type "
                            + GgufTensorType.other(entry.type()),
                        "Types that are read: " + GgufTensorType.supported() + "."));
    long rowLength = entry.shape()[entry.shape().length - 1];
    long bytes = payload(entry.shape(), type);
    long room = slices.size() - dataStart;
    if (rowLength % type.blockElements() != 0
        || bytes < 0
        || entry.offset() % alignment != 0
        || entry.offset() > room
        || bytes > room - entry.offset()) {
      throw ModelErrors.damaged(
          slices.file(),
          "tensor %s of type %s, shape %s and offset %s does not fit a file of %s bytes"
              .formatted(
                  entry.name(),
                  type,
                  Arrays.toString(entry.shape()),
                  entry.offset(),
                  slices.size()));
    }
    return new Tensor(entry.name(), type, entry.shape(), dataStart + entry.offset(), bytes);
  }

  /** Bytes of a tensor, or -1 where no file could hold it. */
  private static long payload(long[] shape, GgufTensorType type) {
    try {
      long elements = 1;
      for (long extent : shape) {
        elements = Math.multiplyExact(elements, extent);
      }
      return Math.multiplyExact(elements / type.blockElements(), type.blockBytes());
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  private static void refuseOverlap(Path file, Map<String, Tensor> tensors) {
    List<Tensor> sorted =
        tensors.values().stream().sorted(Comparator.comparingLong(Tensor::begin)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      Tensor before = sorted.get(i - 1);
      if (before.begin() + before.bytes() > sorted.get(i).begin()) {
        throw ModelErrors.damaged(
            file, "tensors " + before.name() + " and " + sorted.get(i).name() + " overlap");
      }
    }
  }
}
