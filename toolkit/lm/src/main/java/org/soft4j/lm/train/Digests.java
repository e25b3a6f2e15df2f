package org.soft4j.lm.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.soft4j.core.UserError;
import org.soft4j.lm.adapter.PeftAdapter;

/** Sha256 of what a training stands on. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Over both files of an adapter folder. */
  static String ofAdapter(Path folder) {
    MessageDigest sha = sha256();
    for (String file : new String[] {PeftAdapter.CONFIG, PeftAdapter.WEIGHTS}) {
      try {
        sha.update(Files.readAllBytes(folder.resolve(file)));
      } catch (IOException e) {
        throw new UserError(
            "Cannot read " + folder.resolve(file) + ": " + e.getMessage(),
            "Check that the adapter folder is complete.",
            e);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
