package org.soft4j.track;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * An event file as TensorBoard reads it: records of TFRecord (length, its checksum, bytes, their
 * checksum; little-endian), each an Event of TensorFlow's event.proto. Only what is written here is
 * built; TensorFlow itself would bring hundreds of megabytes for these few fields.
 */
final class EventFile {
  private static final int MASK = 0xa282ead8;
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;
  private static final int TEXT = 7; // DT_STRING of types.proto

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final double seconds;

  /**
   * Begins to collect events.
   *
   * @param seconds since 1970, which every event carries
   */
  EventFile(double seconds) {
    this.seconds = seconds;
  }

  /** The event that stands first in a file. */
  void version() {
    Message event = new Message();
    event.eight(1, Double.doubleToLongBits(seconds));
    event.bytes(3, utf8("brain.Event:2"));
    record(event.content());
  }

  /** A number under a tag. */
  void scalar(String tag, long step, double value) {
    Message number = new Message();
    number.bytes(1, utf8(tag));
    number.four(2, Float.floatToIntBits((float) value));
    event(step, number);
  }

  /** A text under a tag, which TensorBoard shows as Markdown. */
  void text(String tag, String markdown) {
    Message plugin = new Message();
    plugin.bytes(1, utf8("text"));
    Message metadata = new Message();
    metadata.bytes(1, plugin.content());
    Message size = new Message();
    size.varint(1, 1);
    Message shape = new Message();
    shape.bytes(2, size.content());
    Message tensor = new Message();
    tensor.varint(1, TEXT);
    tensor.bytes(2, shape.content());
    tensor.bytes(8, utf8(markdown));
    Message value = new Message();
    value.bytes(1, utf8(tag));
    value.bytes(8, tensor.content());
    value.bytes(9, metadata.content());
    event(0, value);
  }

  private void event(long step, Message value) {
    Message summary = new Message();
    summary.bytes(1, value.content());
    Message event = new Message();
    event.eight(1, Double.doubleToLongBits(seconds));
    event.varint(2, step);
    event.bytes(5, summary.content());
    record(event.content());
  }

  private void record(byte[] event) {
    byte[] length = little(Long.BYTES).putLong(event.length).array();
    out.writeBytes(length);
    out.writeBytes(checksum(length));
    out.writeBytes(event);
    out.writeBytes(checksum(event));
  }

  private static byte[] checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return little(Integer.BYTES).putInt((value >>> 15 | value << 17) + MASK).array();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What was collected. */
  byte[] content() {
    return out.toByteArray();
  }

  /**
   * Appends what was collected to a file.
   *
   * @param whole bytes that earlier calls have left there; what is behind them was cut off by a
   *     kill, and goes
   * @return bytes that are there now
   */
  long append(Path file, long whole) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(whole);
      channel.position(channel.size());
      ByteBuffer bytes = ByteBuffer.wrap(content());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return channel.size();
    }
  }

  /** A message of protocol buffers under construction. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] content() {
      return out.toByteArray();
    }

    private void number(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        out.write((int) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }

    private void key(int field, int type) {
      number((long) field << 3 | type);
    }

    /** A zero is left out, as version 3 of the format does. */
    void varint(int field, long value) {
      if (value != 0) {
        key(field, VARINT);
        number(value);
      }
    }

    void bytes(int field, byte[] value) {
      key(field, BYTES);
      number(value.length);
      out.writeBytes(value);
    }

    void eight(int field, long bits) {
      key(field, EIGHT_BYTES);
      out.writeBytes(little(Long.BYTES).putLong(bits).array());
    }

    void four(int field, int bits) {
      key(field, FOUR_BYTES);
      out.writeBytes(little(Integer.BYTES).putInt(bits).array());
    }
  }
}
