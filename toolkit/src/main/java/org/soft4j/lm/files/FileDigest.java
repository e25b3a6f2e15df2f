package org.soft4j.lm.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of files. */
public final class FileDigest {
  private FileDigest() {}

  /** SHA-256 of a file's bytes, in lower-case hex. */
  public static String of(Path file) {
    MessageDigest digest = sha256();
    update(digest, file);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 over the names, lengths and bytes of files, in the order given, in lower-case hex. */
  public static String of(List<Path> files) {
    MessageDigest digest = sha256();
    for (Path file : files) {
      String head = file.getFileName() + "\0" + FileSlices.of(file).size() + "\0";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      update(digest, file);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
  public static String ofText(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void update(MessageDigest digest, Path file) {
    byte[] buffer = new byte[1 << 18];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
