package org.soft4j.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** SHA-256 of texts and files, as lower-case hex. */
public final class Sha256 {
  private static final int BUFFER = 1 << 18;

  private Sha256() {}

  /** A digest that has seen nothing yet. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Lets a digest see a file's bytes. */
  public static void update(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = InputFile.open(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
  }

  /** What a digest came to; it starts again afterwards. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of bytes. */
  public static String of(byte[] bytes) {
    MessageDigest digest = start();
    digest.update(bytes);
    return hex(digest);
  }

  /** Of a text's UTF-8 bytes. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of texts, each led by its length in bytes, so that their borders count. */
  public static String of(List<String> texts) {
    MessageDigest digest = start();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return hex(digest);
  }

  /** Of a file's bytes. */
  public static String of(Path file) {
    MessageDigest digest = start();
    try {
      update(digest, file);
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
    return hex(digest);
  }

  /** Of the names, lengths and bytes of files, in the order given. */
  public static String ofFiles(List<Path> files) {
    return ofFiles(files, Map.of());
  }

  /** As above, with other bytes in the place of some files' own. */
  public static String ofFiles(List<Path> files, Map<Path, byte[]> instead) {
    MessageDigest digest = start();
    for (Path file : files) {
      try {
        byte[] other = instead.get(file);
        long size = other == null ? Files.size(file) : other.length;
        String head = file.getFileName() + "\0" + size + "\0";
        digest.update(head.getBytes(StandardCharsets.UTF_8));
        if (other == null) {
          update(digest, file);
        } else {
          digest.update(other);
        }
      } catch (IOException e) {
        throw FileFault.of(file, e);
      }
    }
    return hex(digest);
  }
}
