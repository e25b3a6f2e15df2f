package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages on a small screen and on paper, in a real browser. */
@Timeout(300)
@Tag("slow")
class PageLayoutTest {
  @TempDir Path folder;

  /** Tables scroll within themselves; the page itself does not. */
  @Test
  void pagesFitIntoFourHundredPixels() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    Path one = SampleRun.write(folder.resolve("one"));
    Path two = SampleRun.write(folder.resolve("two"));
    List<Path> pages =
        List.of(
            ReportWriter.write(one),
            ReportWriter.write(List.of(one, two), folder),
            one.resolve("samples/hostile.html"));
    for (Path page : pages) {
      assertEquals("400 of 400", widths(page, ""), page::toString);
    }
    // The test can fail.
    assertEquals("600 of 400", widths(pages.get(0), "<div style='width:600px'>x</div>"));
  }

  /** How wide the content is, and how wide the page. */
  private String widths(Path page, String more) throws Exception {
    String script =
        "<script>onload=()=>{const m=document.querySelector('main');m.style.padding=0;"
            + "document.title=m.scrollWidth+' of '+m.clientWidth}</script>";
    String narrow =
        Files.readString(page)
            .replaceFirst("<meta http-equiv[^>]*>", "<style>html{width:400px}</style>")
            .replace("</main>", more + "</main>" + script);
    Path copy = Files.writeString(folder.resolve("narrow.html"), narrow);
    Path out = folder.resolve("shown.html");
    Browser.run(folder, out, "--window-size=500,900", "--dump-dom", copy.toUri().toString());
    // The page's own, before those of its figures.
    return Files.readString(out).replaceFirst("(?s)^.*?<title>(.*?)</title>.*", "$1");
  }

  /** What is folded on the screen is opened on paper: without the rule there are fewer pages. */
  @Test
  void everythingIsOpenedInPrint() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    Path report = ReportWriter.write(SampleRun.write(folder.resolve("run")));
    String html = Files.readString(report);
    Path folded =
        Files.writeString(
            folder.resolve("folded.html"), html.replaceFirst("details::details-content.*", ""));
    Path opened =
        Files.writeString(
            folder.resolve("opened.html"), html.replace("<details>", "<details open>"));
    assertTrue(sheets(report) > sheets(folded), "something was folded");
    assertEquals(sheets(opened), sheets(report));
  }

  private int sheets(Path page) throws IOException, InterruptedException {
    Path pdf = folder.resolve("printed.pdf");
    Browser.run(folder, folder.resolve("log"), "--print-to-pdf=" + pdf, page.toUri().toString());
    String text = Files.readString(pdf, StandardCharsets.ISO_8859_1);
    // The root of the tree of pages counts them all.
    return Pattern.compile("/Count (\\d+)")
        .matcher(text)
        .results()
        .mapToInt(count -> Integer.parseInt(count.group(1)))
        .max()
        .orElseThrow();
  }
}
