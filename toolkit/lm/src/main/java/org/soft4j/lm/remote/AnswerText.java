package org.soft4j.lm.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.soft4j.core.UserError;

/**
 * The text of an answer, unpacked where the server packed it unasked.
 *
 * @param text UTF-8; U+FFFD for every sequence of bytes that is not
 * @param broken how many those are
 * @param whole whether it stayed within its bound
 */
record AnswerText(String text, int broken, boolean whole) {
  private static final char MARK = '\ufeff';

  /** Opens a packed text. */
  @FunctionalInterface
  private interface Unpacking {
    InputStream open(InputStream packed) throws IOException;
  }

  /**
   * Reads a body.
   *
   * @param address of the server, for errors
   * @param most bytes that it may unpack to
   * @throws Unusable where it is damaged; the next one may not be
   */
  static AnswerText of(BoundedBytes.Body body, HttpHeaders headers, URI address, int most)
      throws Unusable {
    String coding =
        String.join(", ", headers.allValues("Content-Encoding")).strip().toLowerCase(Locale.ROOT);
    Optional<Unpacking> unpacking = unpacking(coding, body.bytes(), address);
    if (unpacking.isEmpty()) {
      return decoded(body.bytes(), body.whole());
    }
    try (InputStream in = unpacking.get().open(new ByteArrayInputStream(body.bytes()))) {
      byte[] bytes = in.readNBytes(most);
      return decoded(bytes, body.whole() && in.read() < 0);
    } catch (IOException e) {
      if (body.whole()) {
        throw new Unusable("the packed answer is damaged (" + e.getMessage() + ")");
      }
      return new AnswerText("", 0, false);
    }
  }

  /** By the first bytes, since proxies unpack and leave the header, or pack and set none. */
  private static Optional<Unpacking> unpacking(String coding, byte[] bytes, URI address) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    return switch (coding) {
      case "", "identity", "gzip", "x-gzip" ->
          first == 0x1f8b ? Optional.of(GZIPInputStream::new) : Optional.empty();
      case "deflate" ->
          // With the header of zlib, as RFC 9110 has it, or bare, as some servers do.
          first >> 8 == '{'
              ? Optional.empty()
              : Optional.of(
                  in -> new InflaterInputStream(in, new Inflater(first % 31 != 0 || first == 0)));
      default ->
          throw new UserError(
              "%s packs its answers as \"%s\", which is not read; none were asked for."
                  .formatted(address, coding),
              "Turn compression off in the server or the proxy before it; gzip and deflate are"
                  + " read.");
    };
  }

  private static AnswerText decoded(byte[] bytes, boolean whole) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    int broken = 0;
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      broken++;
      in.position(in.position() + result.length());
      out.put('\ufffd');
    }
    String text = out.flip().toString();
    return new AnswerText(
        !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text, broken, whole);
  }
}
