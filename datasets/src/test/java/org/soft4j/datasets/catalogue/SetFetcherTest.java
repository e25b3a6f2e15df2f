package org.soft4j.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.core.download.DownloadProgress;
import org.soft4j.core.download.DownloadSettings;
import org.soft4j.datasets.Prompt;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.datasets.catalogue.SetFolder.Presence;
import org.soft4j.datasets.catalogue.SetFolder.Verdict;

class SetFetcherTest {
  @TempDir Path home;

  private final Map<String, byte[]> published = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private SetFolder folder;

  @BeforeEach
  void start() throws IOException {
    folder = new SetFolder(home.resolve("cache"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] body = published.get(exchange.getRequestURI().getPath().substring(1));
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSetIsFetchedOnceIntoTheLayoutThatTasksRead() throws IOException {
    NamedSet set =
        set(copy("a/one.jsonl", "{\"x\":1}\n", true), copy("a/b/two.csv", "x\n1\n2\n", true));
    assertEquals(Presence.MISSING, folder.presence(set));
    List<SetFolder.Check> checks = fetch(set);
    assertEquals(List.of(1, 2), checks.stream().map(SetFolder.Check::rows).toList());
    assertTrue(checks.stream().allMatch(check -> check.verdict() == Verdict.PINNED));
    assertEquals("x\n1\n2\n", Files.readString(home.resolve("cache/a/b/two.csv")));
    assertEquals(Presence.HERE, folder.presence(set));
    fetch(set);
    assertEquals(2, requests.get(), "what is there and verified is not fetched again");
    Files.delete(home.resolve("cache/a/one.jsonl"));
    assertEquals(Presence.PARTLY, folder.presence(set));
    fetch(set);
    assertEquals(3, requests.get(), "only what is missing is fetched");
  }

  @Test
  void verifySeesWhatWasChangedAndFetchLeavesItAlone() throws IOException {
    NamedSet set =
        set(copy("a/one.jsonl", "{\"x\":1}\n", true), copy("a/two.jsonl", "{}\n", false));
    fetch(set);
    assertEquals(List.of(Verdict.PINNED, Verdict.FETCHED), verdicts(set));
    Files.writeString(home.resolve("cache/a/one.jsonl"), "{\"x\":2}\n");
    Files.writeString(home.resolve("cache/a/two.jsonl"), "{\"x\":2}\n");
    assertEquals(List.of(Verdict.CHANGED, Verdict.CHANGED), verdicts(set));
    UserError error = assertThrows(UserError.class, () -> fetch(set));
    assertTrue(error.getMessage().contains("one.jsonl is there"), error.getMessage());
    assertEquals("{\"x\":2}\n", Files.readString(home.resolve("cache/a/one.jsonl")));
  }

  @Test
  void aFileThatPeopleBroughtCannotBeCheckedWhereItIsUnpinned() throws IOException {
    NamedSet set = set(copy("a/two.jsonl", "{}\n", false));
    Files.createDirectories(home.resolve("cache/a"));
    Files.writeString(home.resolve("cache/a/two.jsonl"), "{}\n{}\n");
    assertEquals(List.of(Verdict.UNKNOWN), verdicts(set));
    assertTrue(!folder.verify(set).get(0).allRows(), "2 rows where the catalogue says 1");
  }

  /**
   * The published rows are of Self-Instruct's form; the prompt is instruction, blank line, input.
   */
  @Test
  void instancesBecomePrompts() throws IOException {
    byte[] rows =
        utf8(
            """
            {"id": "seed_task_0", "instruction": "Sort.", "instances": [{"input": "b a", "output": "a b"}]}
            {"id": "seed_task_1", "instruction": "Sing \\"é\\".", "instances": [{"input": "", "output": "la"}]}
            """);
    assertEquals(
        List.of(
            new Prompt("seed_task_0", "s", "Sort.\n\nb a"),
            new Prompt("seed_task_1", "s", "Sing \"é\".")),
        prompts(rows, Conversion.Form.INSTANCES));
    assertEquals(
        "{\"id\": \"seed_task_1\", \"source\": \"s\", \"prompt\": \"Sing \\\"é\\\".\"}",
        Files.readAllLines(home.resolve("cache/prompts/p.jsonl")).get(1));
  }

  /** Repeated first turns are dropped, and the numbers are those of the published rows. */
  @Test
  void conversationsGiveTheirFirstHumanTurns() throws IOException {
    String one = "{\"chosen\": \"\\n\\nHuman: Hi?\\n\\nAssistant: Yes\\n\\nHuman: x\"}\n";
    String two = "{\"chosen\": \"\\n\\nHuman: A\\nB\\n\\nAssistant: no\"}\n";
    assertEquals(
        List.of(new Prompt("p_0", "s", "Hi?"), new Prompt("p_2", "s", "A\nB")),
        prompts(gzip(utf8(one + one + two)), Conversion.Form.FIRST_TURNS));
  }

  @Test
  void instructionListsBecomePrompts() throws IOException {
    byte[] rows =
        utf8(
            "[{\"instruction\": \"Be Ada.\", \"input\": \"\", \"response\": \"I am.\"},"
                + " {\"instruction\": \"Be Bob.\", \"input\": \"Hi\", \"response\": \"Yo.\"}]");
    assertEquals(
        List.of(new Prompt("p_0", "s", "Be Ada."), new Prompt("p_1", "s", "Be Bob.\n\nHi")),
        prompts(rows, Conversion.Form.INSTRUCTIONS));
  }

  @Test
  void whatIsNotOfTheFormIsRefusedAndLeavesNothing() throws IOException {
    refused(utf8("{\"chosen\": \"x\"}"), Conversion.Form.FIRST_TURNS, "no sound gzip file");
    refused(
        gzip(utf8("{\"chosen\": \"Assistant: hi\"}")),
        Conversion.Form.FIRST_TURNS,
        "does not begin with a human turn");
    refused(utf8("[{\"text\": 1}]"), Conversion.Form.INSTRUCTIONS, "no text \"instruction\"");
    refused(utf8("[]"), Conversion.Form.INSTRUCTIONS, "no prompt in it");
    refused(utf8("<html>"), Conversion.Form.INSTRUCTIONS, "line 1");
    refused(gzip(new byte[(64 << 20) + 1]), Conversion.Form.FIRST_TURNS, "unpacks to more than");
  }

  @Test
  void offlineItSaysWhatIsMissing() {
    NamedSet set = set(copy("a/one.jsonl", "{}\n", true));
    SetFetcher fetcher = new SetFetcher(folder, DownloadSettings.DEFAULT.withOffline(true));
    UserError error =
        assertThrows(UserError.class, () -> fetcher.fetch(set, DownloadProgress.NONE));
    assertTrue(error.getMessage().contains("one.jsonl is not here"), error.getMessage());
    assertEquals(0, requests.get());
  }

  private void refused(byte[] body, Conversion.Form form, String problem) {
    UserError error = assertThrows(UserError.class, () -> prompts(body, form));
    assertTrue(error.getMessage().contains(problem), error.getMessage());
    assertEquals(0, home.resolve("cache/prompts").toFile().list().length);
  }

  private List<Prompt> prompts(byte[] body, Conversion.Form form) throws IOException {
    published.put("p", body);
    SetFile file =
        new SetFile(
            "prompts/p.jsonl",
            2,
            address("p"),
            body.length,
            Optional.of(digest(body)),
            Optional.of(new Conversion(form, "s", "p_", Optional.empty())));
    fetch(set(file));
    assertEquals(Verdict.FETCHED, folder.verify(set(file)).get(0).verdict());
    List<Prompt> prompts = PromptFiles.read(home.resolve("cache/prompts/p.jsonl"));
    assertEquals(1, home.resolve("cache/prompts").toFile().list().length);
    return prompts;
  }

  private SetFile copy(String place, String text, boolean pinned) {
    byte[] body = utf8(text);
    String name = place.replace('/', '-');
    published.put(name, body);
    return new SetFile(
        place,
        1,
        address(name),
        body.length,
        pinned ? Optional.of(digest(body)) : Optional.empty(),
        Optional.empty());
  }

  private static NamedSet set(SetFile... files) {
    return new NamedSet("s", "a test", "MIT", "https://example.org", "", List.of(files));
  }

  private List<SetFolder.Check> fetch(NamedSet set) {
    return new SetFetcher(folder, DownloadSettings.DEFAULT.withAttempts(1))
        .fetch(set, DownloadProgress.NONE);
  }

  private List<Verdict> verdicts(NamedSet set) {
    return folder.verify(set).stream().map(SetFolder.Check::verdict).toList();
  }

  private URI address(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String digest(byte[] data) {
    MessageDigest digest = Sha256.start();
    digest.update(data);
    return Sha256.hex(digest);
  }
}
