package org.soft4j.lm.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that libtorch loads, in memory.
 *
 * <p>The version must be 10: under version 3 integer division floors and newer operators miss
 * arguments.
 */
final class TorchArchive {
  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  private TorchArchive() {}

  static byte[] pack(TorchSource source, List<TorchAttribute> attributes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", module(attributes));
      store(zip, "code/__torch__.py", text(code(source, attributes)));
      store(zip, "constants.pkl", EMPTY_TUPLE);
      store(zip, "version", text("10\n"));
      store(zip, "byteorder", text("little"));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static String code(TorchSource source, List<TorchAttribute> attributes) {
    Set<String> given = attributes.stream().map(TorchAttribute::name).collect(Collectors.toSet());
    if (!given.equals(source.attributes().keySet())) {
      throw new IllegalArgumentException(
          "The source declares %s, and %s are given."
              .formatted(new TreeSet<>(source.attributes().keySet()), new TreeSet<>(given)));
    }
    StringBuilder code = new StringBuilder("class M(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    source.attributes().forEach((name, type) -> code.append("  %s : %s\n".formatted(name, type)));
    return code.append(source.methods().indent(2)).toString();
  }

  private static byte[] module(List<TorchAttribute> attributes) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(text("c__torch__\nM\n)"));
    pickle.write(new byte[] {(byte) 0x81});
    pickle.write(text("}("));
    writeString(pickle, "training");
    pickle.write(0x89);
    for (TorchAttribute attribute : attributes) {
      writeString(pickle, attribute.name());
      attribute.writeTo(pickle);
    }
    pickle.write(text("ub."));
    return pickle.toByteArray();
  }

  private static void writeString(ByteArrayOutputStream pickle, String value) throws IOException {
    byte[] utf8 = text(value);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length);
    pickle.write('X');
    pickle.write(length.array());
    pickle.write(utf8);
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("archive/" + name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
