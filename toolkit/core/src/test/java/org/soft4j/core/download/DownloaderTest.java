package org.soft4j.core.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.soft4j.core.download.OddFileServer.GOOD;
import static org.soft4j.core.download.OddFileServer.SILENT;
import static org.soft4j.core.download.OddFileServer.breaksAfter;
import static org.soft4j.core.download.OddFileServer.endless;
import static org.soft4j.core.download.OddFileServer.stallsAfter;
import static org.soft4j.core.download.OddFileServer.status;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;

@Timeout(60)
@Tag("slow")
class DownloaderTest {
  private static final int SIZE = 300_000;
  private static final DownloadSettings QUICK =
      new DownloadSettings(
          Duration.ofSeconds(5),
          Duration.ofMillis(400),
          3,
          Duration.ofMillis(10),
          Duration.ofSeconds(2),
          Mirrors.NONE,
          false);

  @TempDir Path folder;

  private final byte[] bytes = random(SIZE, 1);
  private OddFileServer server;
  private Path target;

  @BeforeEach
  void start() throws IOException {
    server = new OddFileServer(bytes);
    target = folder.resolve("sets/file.bin");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aGoodServersFileArrivesWithItsDigest() throws IOException {
    assertEquals(digest(bytes), fetch(pinned()));
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertOnlyTheTarget();
  }

  @Test
  void aBrokenConnectionIsGoneOnWithAndNoByteIsFetchedTwice() throws IOException {
    server.next(breaksAfter(100_000), breaksAfter(50_000));
    fetch(pinned());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertEquals(
        List.of("/file.bin", "/file.bin bytes=100000-", "/file.bin bytes=150000-"),
        server.requests);
    assertEquals(SIZE, server.bytesServed.get());
  }

  @Test
  void theNextCallGoesOnToo() throws IOException {
    server.next(breaksAfter(100_000));
    UserError error = refused(pinned(), QUICK.withAttempts(1));
    assertTrue(error.remedy().contains("100000 bytes are here"), error.remedy());
    assertTrue(!Files.exists(target), "half a file never stands in the place of the whole");
    fetch(pinned());
    assertEquals("/file.bin bytes=100000-", server.requests.get(1));
    assertEquals(SIZE, server.bytesServed.get());
  }

  @Test
  void withoutDigestOnlyAStrongTagAllowsToGoOn() throws IOException {
    server.next(breaksAfter(100_000));
    fetch(unpinned());
    assertEquals("/file.bin bytes=100000-", server.requests.get(1));
    Files.delete(target);
    server.requests.clear();
    server.tag = "W/\"weak\"";
    server.next(breaksAfter(100_000));
    fetch(unpinned());
    assertEquals(List.of("/file.bin", "/file.bin"), server.requests);
    assertArrayEquals(bytes, Files.readAllBytes(target));
  }

  @Test
  void aFileThatChangedMeanwhileIsFetchedFromItsStart() throws IOException {
    byte[] changed = random(250_000, 2);
    server.next(
        breaksAfter(100_000),
        (odd, exchange) -> {
          odd.file = changed;
          odd.tag = "\"two\"";
          GOOD.answer(odd, exchange);
        });
    fetch(unpinned());
    assertArrayEquals(changed, Files.readAllBytes(target));
  }

  @Test
  void aServerThatIgnoresRangesIsHeardFromTheStart() throws IOException {
    server.ranges = false;
    server.next(breaksAfter(100_000));
    fetch(pinned());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertEquals(SIZE + 100_000, server.bytesServed.get());
  }

  @Test
  void aPartOfAnotherFileIsThrownAwayWhenTheDigestTells() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(folder.resolve("sets/file.bin.part"), random(100_000, 3));
    fetch(pinned());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertEquals(List.of("/file.bin bytes=100000-", "/file.bin"), server.requests);
  }

  @Test
  void aPartThatIsWholeAsksForNothing() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(folder.resolve("sets/file.bin.part"), bytes);
    fetch(pinned());
    assertEquals(List.of(), server.requests);
    assertOnlyTheTarget();
  }

  @Test
  void corruptedBytesLeaveNothing() {
    byte[] corrupted = bytes.clone();
    corrupted[SIZE / 2] ^= 1;
    server.file = corrupted;
    UserError error = refused(pinned(), QUICK);
    assertTrue(error.getMessage().contains(digest(corrupted)), error.getMessage());
    assertTrue(error.getMessage().contains(digest(bytes)), error.getMessage());
    assertNothing();
  }

  @Test
  void aFileThatIsTooShortIsNotTaken() {
    server.file = random(SIZE - 1, 1);
    UserError error = refused(pinned(), QUICK);
    assertTrue(error.getMessage().contains("299999 of 300000 bytes"), error.getMessage());
    assertTrue(!Files.exists(target));
  }

  @Test
  void anAnnouncedLengthBeyondTheFilesIsNotEvenRead() {
    server.file = new byte[SIZE + 1];
    UserError error = refused(pinned(), QUICK);
    assertTrue(error.getMessage().contains("300001 bytes where 300000"), error.getMessage());
    assertEquals(1, server.requests.size());
    assertNothing();
  }

  @Test
  void anEndlessAnswerIsCut() {
    server.next(endless());
    UserError error =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(unpinned(), QUICK));
    long most = 2L * SIZE + (1 << 20);
    assertTrue(error.getMessage().contains("more than " + most), error.getMessage());
    assertNothing();
  }

  @Test
  void aServerThatFallsSilentIsLeftAndAskedAgain() throws IOException {
    server.next(SILENT, stallsAfter(100_000));
    fetch(pinned());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertEquals("/file.bin bytes=100000-", server.requests.get(2));
  }

  @Test
  void aSlowServerIsWaitedForAsLongAsSomethingComes() throws IOException {
    server.next(
        (odd, exchange) -> {
          exchange.sendResponseHeaders(200, SIZE);
          for (int i = 0; i < 6; i++) {
            pause(200);
            exchange.getResponseBody().write(bytes, i * SIZE / 6, SIZE / 6);
            exchange.getResponseBody().flush();
          }
        });
    fetch(pinned());
    assertEquals(1, server.requests.size(), "1.2 s in all, and never 0.4 s of silence");
  }

  /** 80 bytes in every 0.4 s, for ever. */
  @Test
  void aDripIsNotWaitedFor() throws IOException {
    server.next(
        (odd, exchange) -> {
          exchange.sendResponseHeaders(200, SIZE);
          for (int i = 0; i < 200; i++) {
            pause(50);
            try {
              exchange.getResponseBody().write(bytes, 10 * i, 10);
              exchange.getResponseBody().flush();
            } catch (IOException hungUp) {
              return;
            }
          }
        });
    fetch(pinned());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertTrue(server.requests.size() > 1, server.requests::toString);
  }

  @Test
  void noWordHoldsASignature() {
    URI signed = URI.create("https://host.example:1/f?X-Signature=hunter2");
    assertEquals("https://host.example:1/f?…", Addresses.shown(signed));
    server.next(status(302, "Location", "http://192.0.2.1/f?sig=hunter2"));
    assertFalse(refused(pinned(), QUICK).toString().contains("hunter2"));
    for (String mirror :
        List.of("a=https://user:hunter2@host/x", "a=https://u:hunter2@ho st/x", "a=x?hunter2")) {
      UserError error = assertThrows(UserError.class, () -> Mirrors.of(List.of(mirror)));
      assertFalse(error.toString().contains("hunter2"), error::toString);
    }
  }

  @Test
  void busyServersAreAskedAgainAndMissingFilesAreNot() throws IOException {
    server.next(status(500), status(429, "Retry-After", "1"));
    long begun = System.nanoTime();
    fetch(pinned());
    assertTrue(System.nanoTime() - begun >= 1_000_000_000L, "the server asked for one second");
    assertEquals(3, server.requests.size());
    server.requests.clear();
    server.next(status(404));
    UserError error = refused(pinned(), QUICK);
    assertTrue(error.getMessage().contains("404"), error.getMessage());
    assertEquals(1, server.requests.size());
  }

  @Test
  void patienceEnds() {
    server.next(status(503), status(503), status(503));
    UserError error = refused(pinned(), QUICK);
    assertTrue(error.getMessage().contains("in 3 attempts"), error.getMessage());
    server.next(status(503, "Retry-After", "3600"));
    UserError late = refused(pinned(), QUICK);
    assertTrue(late.getMessage().contains("in 1 attempt;"), late.getMessage());
  }

  @Test
  void redirectsAreFollowedWithinBoundsAndNeverToOtherMachinesOverHttp() throws IOException {
    server.next(status(302, "Location", "/elsewhere/file.bin"));
    fetch(pinned());
    // The last: on a busy machine the first may have been asked twice.
    assertEquals("/elsewhere/file.bin", server.requests.get(server.requests.size() - 1));
    for (int i = 0; i < 10; i++) {
      server.next(status(302, "Location", "/again"));
    }
    assertTrue(refused(pinned(), QUICK).getMessage().contains("leads on more than 5 times"));
    for (String place : List.of("http://192.0.2.1/file", "ftp://192.0.2.1/file", "file:///etc/x")) {
      try (OddFileServer other = new OddFileServer(bytes).next(status(301, "Location", place))) {
        RemoteFile file =
            new RemoteFile("file.bin", other.address("f"), SIZE, Optional.of(digest(bytes)));
        UserError error = refused(file, QUICK);
        assertTrue(error.getMessage().contains("not an https address"), error.getMessage());
      }
    }
  }

  @Test
  void onlyHttpsIsAskedFor() {
    RemoteFile plain = new RemoteFile("f", URI.create("http://192.0.2.1/f"), 1, Optional.empty());
    assertTrue(refused(plain, QUICK).getMessage().contains("not an https address"));
  }

  @Test
  void anEncodedAnswerIsNotStoredAsTheFile() {
    server.next(
        (odd, exchange) -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write(new byte[10]);
        });
    UserError error = refused(unpinned(), QUICK);
    assertTrue(error.getMessage().contains("encoding of its own"), error.getMessage());
  }

  @Test
  void aMirrorStandsInAndIsCheckedAgainstTheSameDigest() throws IOException {
    RemoteFile file =
        new RemoteFile(
            "file.bin",
            URI.create("https://example.org/a/b/file.bin"),
            SIZE,
            Optional.of(digest(bytes)));
    String mirror = server.address("copy").toString();
    fetch(file, QUICK.withMirrors(Mirrors.of(List.of("https://example.org/a=" + mirror))));
    assertEquals(List.of("/copy/b/file.bin"), server.requests);
  }

  @Test
  void offlineNothingIsAskedFor() {
    UserError error = refused(pinned(), QUICK.withOffline(true));
    assertTrue(error.getMessage().contains(target + " is not here"), error.getMessage());
    assertTrue(error.remedy().contains(server.address("file.bin").toString()), error.remedy());
    assertEquals(List.of(), server.requests);
  }

  private RemoteFile pinned() {
    return new RemoteFile("file.bin", server.address("file.bin"), SIZE, Optional.of(digest(bytes)));
  }

  private RemoteFile unpinned() {
    return new RemoteFile("file.bin", server.address("file.bin"), SIZE, Optional.empty());
  }

  private String fetch(RemoteFile file) throws IOException {
    return fetch(file, QUICK);
  }

  private String fetch(RemoteFile file, DownloadSettings settings) throws IOException {
    return new Downloader(settings).fetch(file, target, DownloadProgress.NONE);
  }

  private UserError refused(RemoteFile file, DownloadSettings settings) {
    return assertThrows(UserError.class, () -> fetch(file, settings));
  }

  private void assertOnlyTheTarget() throws IOException {
    try (var files = Files.list(target.getParent())) {
      assertEquals(List.of(target), files.toList());
    }
  }

  private void assertNothing() {
    String[] files = target.getParent().toFile().list();
    assertArrayEquals(new String[0], files);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] random(int size, long seed) {
    byte[] random = new byte[size];
    new Random(seed).nextBytes(random);
    return random;
  }

  private static String digest(byte[] data) {
    MessageDigest digest = Sha256.start();
    digest.update(data);
    return Sha256.hex(digest);
  }
}
