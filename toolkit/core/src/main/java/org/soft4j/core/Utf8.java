package org.soft4j.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

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

  /** The whole file, a byte order mark left out. */
  public static String read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return decode(withoutMark(bytes), file, 1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  public static byte[] withoutMark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3 && bytes[0] == MARK[0] && bytes[1] == MARK[1] && bytes[2] == MARK[2];
    return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }

  public static UserError unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new UserError(
          "There is no file " + file + ".",
          "Check the path; it is read from "
              + Path.of("").toAbsolutePath()
              + " where it is relative.",
          e);
    }
    return new UserError("Cannot read " + file + ": " + e.getMessage(), "Check the file.", e);
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
        "%s, line %d, byte %d: 0x%02x is not UTF-8."
            .formatted(file, line, column, bytes[position] & 0xff),
        "Save the file as UTF-8.");
  }
}
