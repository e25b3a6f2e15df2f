package org.soft4j.core;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Decodes text strictly, so that a file in another encoding is noticed and not mangled. */
public final class Utf8 {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Utf8() {}

  /** Text of the bytes; a UserError that names the place where they are not UTF-8. */
  public static String decode(byte[] bytes, Path file, long firstLine) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    var result = decoder.decode(input, output, true);
    if (result.isError()) {
      throw notUtf8(bytes, input.position(), file, firstLine);
    }
    return output.flip().toString();
  }

  /** The bytes without the mark that some editors begin a UTF-8 file with. */
  public static byte[] withoutMark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3 && bytes[0] == MARK[0] && bytes[1] == MARK[1] && bytes[2] == MARK[2];
    return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }

  private static UserError notUtf8(byte[] bytes, int position, Path file, long firstLine) {
    long line = firstLine;
    int column = 1;
    for (int i = 0; i < position; i++) {
      boolean end = bytes[i] == '\n';
      line += end ? 1 : 0;
      column = end ? 1 : column + 1;
    }
    return new UserError(
        String.format(
            Locale.ROOT,
            "%s, line %d, byte %d: 0x%02x is not UTF-8.",
            file,
            line,
            column,
            bytes[position] & 0xff),
        "Save the file as UTF-8.");
  }
}
