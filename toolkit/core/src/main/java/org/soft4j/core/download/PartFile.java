package org.soft4j.core.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import org.soft4j.core.Sha256;
import org.soft4j.core.WholeFile;

/**
 * What has arrived of a file so far, beside the place where the whole is to stand, with the tag
 * that the server gave that version of it.
 *
 * @param target where the whole file is to stand
 */
record PartFile(Path target) {
  private Path part() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private Path tagFile() {
    return target.resolveSibling(target.getFileName() + ".part.etag");
  }

  long size() throws IOException {
    return Files.exists(part()) ? Files.size(part()) : 0;
  }

  Optional<String> tag() throws IOException {
    return Files.exists(tagFile()) ? Optional.of(Files.readString(tagFile())) : Optional.empty();
  }

  /** The digest of what is here, to be carried on with what arrives. */
  MessageDigest digest() throws IOException {
    MessageDigest digest = Sha256.start();
    if (Files.exists(part())) {
      Sha256.update(digest, part());
    }
    return digest;
  }

  FileChannel continued() throws IOException {
    return FileChannel.open(part(), StandardOpenOption.APPEND);
  }

  FileChannel restarted(Optional<String> tag) throws IOException {
    discard();
    if (tag.isPresent()) {
      Files.writeString(tagFile(), tag.get());
    }
    return FileChannel.open(part(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  void discard() throws IOException {
    Files.deleteIfExists(tagFile());
    Files.deleteIfExists(part());
  }

  void keep() throws IOException {
    WholeFile.move(part(), target);
    Files.deleteIfExists(tagFile());
  }
}
