package org.soft4j.lm.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/** Writes a safetensors file whole or not at all. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  static void write(
      Path file, LinkedHashMap<String, StoredTensor> tensors, Map<String, String> metadata) {
    LinkedHashMap<String, TensorPlan> plans = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> plans.put(name, plan(name, tensor)));
    write(
        file, plans, metadata, (name, out) -> writeAll(out, tensors.get(name).bytes().duplicate()));
  }

  private static TensorPlan plan(String name, StoredTensor tensor) {
    TensorPlan plan = new TensorPlan(tensor.type(), tensor.shape());
    if (plan.bytes() != tensor.bytes().remaining()) {
      throw new IllegalArgumentException(
          "%s: %s bytes for %s elements"
              .formatted(name, tensor.bytes().remaining(), tensor.elements()));
    }
    return plan;
  }

  static void write(
      Path file,
      LinkedHashMap<String, TensorPlan> tensors,
      Map<String, String> metadata,
      TensorPlan.Content content) {
    Path target = file.toAbsolutePath();
    Path partial = WholeFile.unfinished(target);
    try {
      Files.createDirectories(target.getParent());
      fill(partial, header(tensors, metadata), tensors.keySet(), content);
      WholeFile.move(partial, target);
    } catch (IOException e) {
      throw new UserError(
          "Cannot write " + file + ": " + e.getMessage(),
          "Check that the disk has room and the folder may be written.",
          e);
    }
  }

  private static void fill(
      Path partial, byte[] header, Collection<String> tensors, TensorPlan.Content content)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      writeAll(channel, length.putLong(header.length).flip());
      writeAll(channel, ByteBuffer.wrap(header));
      for (String tensor : tensors) {
        content.write(tensor, channel);
      }
      channel.force(true);
    }
  }

  private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static byte[] header(
      LinkedHashMap<String, TensorPlan> tensors, Map<String, String> metadata)
      throws JsonProcessingException {
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode root = mapper.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode pairs = root.putObject("__metadata__");
      new TreeMap<>(metadata).forEach(pairs::put);
    }
    long offset = 0;
    for (Map.Entry<String, TensorPlan> entry : tensors.entrySet()) {
      TensorPlan tensor = entry.getValue();
      ObjectNode node = root.putObject(entry.getKey()).put("dtype", tensor.type().name());
      for (long extent : tensor.shape()) {
        node.withArray("shape").add(extent);
      }
      node.withArray("shape");
      node.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
      offset += tensor.bytes();
    }
    String text = mapper.writeValueAsString(root);
    int unpadded = text.getBytes(StandardCharsets.UTF_8).length;
    return (text + " ".repeat(Math.floorMod(-unpadded, 8))).getBytes(StandardCharsets.UTF_8);
  }
}
