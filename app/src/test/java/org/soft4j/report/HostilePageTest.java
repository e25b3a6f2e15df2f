package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report full of hostile text in a real browser. Scripts among the texts would change the title;
 * the page's own policy against scripts is taken out first, so that escaping alone is tested.
 */
@Timeout(180)
@Tag("slow")
class HostilePageTest {
  @TempDir Path folder;

  @Test
  void noTextOfAModelRunsAsAScript() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    String page = withoutPolicy(ReportWriter.write(SampleRun.write(folder.resolve("run"))));
    String shown = shown(page);
    assertTrue(shown.contains("<title>Run run, by soft4j</title>"), "a script changed the title");
    assertTrue(shown.contains("document.title"), "the texts are on the page, as text");
    assertFalse(shown.matches("(?s).*<(script|iframe|img src=\"x)[\\s>].*"), "text became markup");
  }

  /** The same browser on a page that does run a script: the test above can fail. */
  @Test
  void theBrowserRunsScriptsThatAreThere() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    String page = withoutPolicy(ReportWriter.write(SampleRun.write(folder.resolve("run"))));
    String broken = page.replace("</main>", SampleRun.HOSTILE.get(1) + "</main>");
    assertTrue(shown(broken).contains("<title>run</title>"));
  }

  private static String withoutPolicy(Path report) throws IOException {
    String page = Files.readString(report);
    String without = page.replaceFirst("<meta http-equiv[^>]*>", "");
    assertFalse(page.equals(without), "the page has a policy of its own");
    return without;
  }

  /** What the browser makes of a page; anything it would fetch is a fault. */
  private String shown(String page) throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      String shown =
          Browser.dump(folder, "http://127.0.0.1:" + server.getAddress().getPort() + "/report");
      assertEquals(
          List.of(), asked.stream().filter(p -> !p.matches("/report|/favicon.ico")).toList());
      return shown;
    } finally {
      server.stop(0);
    }
  }
}
