package org.soft4j.lm.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.soft4j.core.download.Sha256;

/** SHA-256 of files. */
public final class FileDigest {
  private FileDigest() {}

  /** SHA-256 of a file's bytes, in lower-case hex. */
  public static String of(Path file) {
    MessageDigest digest = Sha256.start();
    update(digest, file);
    return Sha256.hex(digest);
  }

  /** SHA-256 over the names, lengths and bytes of files, in the order given, in lower-case hex. */
  public static String of(List<Path> files) {
    MessageDigest digest = Sha256.start();
    for (Path file : files) {
      String head = file.getFileName() + "\0" + FileSlices.of(file).size() + "\0";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      update(digest, file);
    }
    return Sha256.hex(digest);
  }

  /** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
  public static String ofText(String text) {
    MessageDigest digest = Sha256.start();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }

  private static void update(MessageDigest digest, Path file) {
    try {
      Sha256.update(digest, file);
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }
}
