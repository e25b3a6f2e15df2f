package org.soft4j.lm.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Ways in which a server may write a key into its answers, as texts before JSON's own escapes. */
enum KeySpelling {
  PLAIN(key -> key),
  PART_OF_A_WORD(key -> "xx" + key + "yy"),
  OTHER_CASE(key -> key.toUpperCase(java.util.Locale.ROOT)),
  UNICODE_ESCAPES(key -> each(key, "\\u%04x")),
  SOME_UNICODE_ESCAPES(key -> key.replace("e", "\\u0065").replace("k", "\\U{6B}")),
  SLASHES_ESCAPED(key -> key.replace("/", "\\/")),
  JSON_IN_JSON(key -> key.replace("/", "\\\\\\/").replace("s", "\\\\u0073")),
  PERCENT(key -> each(key, "%%%02X")),
  PERCENT_TWICE(key -> each(key, "%%25%02x")),
  FORM(key -> key.replace("/", "%2f").replace("+", "%2B")),
  HTML(key -> each(key, "&#%d;")),
  HTML_HEX(key -> each(key, "&#x%x;")),
  MAIL(key -> each(key, "=%02X")),
  HEX(key -> hex(key).toUpperCase(java.util.Locale.ROOT)),
  LOWER_HEX(KeySpelling::hex),
  SPACED_HEX(key -> HexFormat.ofDelimiter(" 0x").formatHex(bytes(key))),
  BROKEN_LINE(key -> key.substring(0, 9) + "\r\n  " + key.substring(9)),
  BROKEN_LINE_ESCAPED(key -> key.substring(0, 9) + "\\n" + key.substring(9)),
  UNSEEN_BETWEEN(key -> key.substring(0, 4) + "\u200b" + key.substring(4)),
  BASE64(KeySpelling::base64),
  BASE64_OF_BEARER(key -> base64("Bearer " + key)),
  BASE64_OF_USER(key -> base64("user:" + key + ":more")),
  BASE64_FOR_URLS(key -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes("u:" + key))),
  BASE64_LINES(
      key -> Base64.getMimeEncoder(16, new byte[] {'\r', '\n'}).encodeToString(bytes("k" + key)));

  private final UnaryOperator<String> spelling;

  KeySpelling(UnaryOperator<String> spelling) {
    this.spelling = spelling;
  }

  String of(String key) {
    return spelling.apply(key);
  }

  private static String each(String key, String format) {
    return key.chars().mapToObj(format::formatted).collect(Collectors.joining());
  }

  private static String hex(String key) {
    return HexFormat.of().formatHex(bytes(key));
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(bytes(key));
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.US_ASCII);
  }
}
