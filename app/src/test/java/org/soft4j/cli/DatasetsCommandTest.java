package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsCommandTest {
  @TempDir Path folder;

  @Test
  void theListSaysWhatThereIsAndWhatIsHere() throws IOException {
    Shell empty = datasets("list");
    assertEquals(0, empty.code(), empty.err());
    assertTrue(empty.out().contains("truthfulqa_v1       no    Apache-2.0"), empty.out());
    Files.createDirectories(folder.resolve("hhh/honest"));
    Files.writeString(folder.resolve("hhh/honest/task.json"), "{\"examples\": []}");
    assertTrue(datasets("list").out().contains("hhh_alignment       partly"));
  }

  @Test
  void theCardAndTheFirstRowsAreShownWithoutControlCharacters() throws IOException {
    Shell absent = datasets("show", "self_instruct_seed");
    assertTrue(absent.out().contains("licence  Apache-2.0"), absent.out());
    assertTrue(absent.out().contains("is not here; ./soft4j datasets fetch"), absent.out());
    Files.createDirectories(folder.resolve("prompts"));
    Files.writeString(
        folder.resolve("prompts/self_instruct_seed.jsonl"),
        "{\"prompt\": \"one \\u009b31m\"}\n{\"prompt\": \"two\"}\n");
    String shown = datasets("show", "self_instruct_seed", "--rows", "1").out();
    assertTrue(shown.contains("{\"prompt\":\"one \ufffd31m\"}"), shown);
    assertTrue(!shown.contains("two"), shown);
  }

  @Test
  void aFileOfOtherBytesIsNotVerified() throws IOException {
    Files.createDirectories(folder.resolve("truthfulqa"));
    Files.writeString(folder.resolve("truthfulqa/mc_task.json"), "[{}]");
    Shell shell = datasets("verify", "truthfulqa");
    assertEquals(1, shell.code());
    assertTrue(shell.out().contains("not the catalogue's bytes"), shell.out());
    assertTrue(shell.out().contains("1 of 790"), shell.out());
    assertTrue(shell.out().contains("missing"), shell.out());
  }

  @Test
  void addressLicenceAndSizeStandBeforeTheDownload() {
    Shell shell = datasets("fetch", "alpaca_eval", "--offline");
    assertEquals(2, shell.code());
    assertTrue(shell.out().contains("licence  CC-BY-NC-4.0"), shell.out());
    assertTrue(shell.out().contains("size     475 kB"), shell.out());
    assertTrue(shell.out().contains("from     https://"), shell.out());
    assertTrue(shell.err().contains("is not here"), shell.err());
    assertEquals(2, datasets("fetch").code());
    assertTrue(datasets("fetch", "nothing").err().contains("Known: truthfulqa"));
  }

  /** A mirror whose bytes are not those of the catalogue is found out, whatever it says. */
  @Test
  void aMirrorIsCheckedAgainstTheCatalogue() throws IOException {
    HttpServer mirror =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 110934);
          exchange.getResponseBody().write(new byte[110934]);
          exchange.close();
        });
    mirror.start();
    try {
      String to = "http://127.0.0.1:" + mirror.getAddress().getPort();
      Shell shell =
          datasets(
              "fetch", "self_instruct_seed", "--mirror", "https://raw.githubusercontent.com=" + to);
      assertEquals(2, shell.code());
      assertTrue(shell.err().contains("and 7779004fa198"), shell.err());
    } finally {
      mirror.stop(0);
    }
  }

  private Shell datasets(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "datasets";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--data";
    all[words.length + 2] = folder.toString();
    return Shell.run(all);
  }
}
