package org.soft4j.datasets.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.DiskReason;
import org.soft4j.core.LockWait;
import org.soft4j.core.RunFolder;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.core.download.DownloadProgress;
import org.soft4j.core.download.DownloadSettings;
import org.soft4j.core.download.Downloader;
import org.soft4j.core.download.Receipt;

/** Downloads named sets into a data folder; the only class here that uses the network. */
public final class SetFetcher {
  private final SetFolder folder;
  private final Downloader downloader;
  private final LockWait wait;

  /** Fetches into this folder; where another process fetches into it, this one is refused. */
  public SetFetcher(SetFolder folder, DownloadSettings settings) {
    this(folder, settings, LockWait.NONE);
  }

  /** Fetches into this folder, or waits as long for another process that does. */
  public SetFetcher(SetFolder folder, DownloadSettings settings, LockWait wait) {
    this.folder = folder;
    this.wait = wait;
    this.downloader = new Downloader(settings);
  }

  /**
   * Downloads, verifies and converts what is missing of a set; a file that is there and verified is
   * not fetched again.
   *
   * @param progress hears of it
   * @return the files as they stand now
   * @throws UserError where a file cannot be had, or another stands in its place
   */
  public List<SetFolder.Check> fetch(NamedSet set, DownloadProgress progress) {
    // A folder that has it all may be one that nobody may write to.
    if (missing(set).isEmpty()) {
      return folder.verify(set);
    }
    try (RunFolder held = RunFolder.open(folder.path(), "--data", wait)) {
      // Another process may have brought some of it meanwhile.
      for (SetFile file : missing(set)) {
        bring(file, held, progress);
      }
    } catch (IOException e) {
      throw new UserError(
          "Cannot write to " + folder.path() + ": " + DiskReason.of(folder.path(), e) + ".",
          "Check that the disk has room, or set SOFT4J_HOME to another folder.",
          e);
    }
    return folder.verify(set);
  }

  private List<SetFile> missing(NamedSet set) {
    List<SetFile> missing = new ArrayList<>();
    for (SetFile file : set.files()) {
      switch (folder.verdict(file)) {
        case MISSING -> missing.add(file);
        case CHANGED, UNKNOWN -> throw stranger(file);
        case PINNED, FETCHED -> {}
      }
    }
    return missing;
  }

  private void bring(SetFile file, RunFolder held, DownloadProgress progress) throws IOException {
    Path target = file.in(folder.path());
    if (file.conversion().isEmpty()) {
      // Noted before it is in its place: a file that nothing is known of is taken for the user's.
      downloader.fetch(file.remote(), target, progress, digest -> note(file, held, digest));
      return;
    }
    Path source = WholeFile.unfinished(target.resolveSibling(target.getFileName() + ".published"));
    Path converted = WholeFile.unfinished(target);
    downloader.fetch(file.remote(), source, progress);
    try {
      Convert.file(file.conversion().get(), source, converted);
      String digest = Sha256.of(converted);
      requireKnown(file, digest);
      note(file, held, digest);
      WholeFile.move(converted, target);
    } finally {
      Files.deleteIfExists(source);
      Files.deleteIfExists(converted);
    }
  }

  private static void note(SetFile file, RunFolder held, String digest) {
    Path noted = held.root();
    Receipt.read(noted).orElse(Receipt.NONE).with(file.place(), digest).write(noted);
  }

  private static void requireKnown(SetFile file, String digest) {
    if (!file.placedSha256().orElse(digest).equals(digest)) {
      throw new UserError(
          "%s was made of what is published and has sha256 %s; %s was expected."
              .formatted(file.place(), digest, file.placedSha256().get()),
          "This soft4j converts it in another way than the catalogue means; please report it.");
    }
  }

  /** What people put there is theirs; it is not overwritten. */
  private UserError stranger(SetFile file) {
    Path here = file.in(folder.path());
    return new UserError(
        here + " is there, and it is not what the catalogue means.",
        "Move it away, then fetch again; or fetch into another folder with --data.");
  }
}
