package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of all items, in a real browser under their own content policy. */
@Timeout(300)
@Tag("slow")
class SamplePagesTest {
  @TempDir Path folder;

  /**
   * The task "hostile" of {@link SampleRun}: even items are wrong in the base, right in round 3.
   */
  @Test
  void searchAndFiltersShowWhatTheyName() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    Path page = hostile();
    assertEquals("12 of 12 items", count(page, ""));
    assertEquals(12, drawn(page, ""));
    assertEquals("6 of 12 items", count(page, "#filter=gained"));
    assertEquals("6 of 12 items", count(page, "#filter=wrong&after=0"));
    assertEquals("0 of 12 items", count(page, "#filter=gained&before=0&after=1"));
    // One text says so; two say "details" and "style" somewhere.
    assertEquals("1 of 12 items", count(page, "#search=ontoggle"));
    assertEquals("1 of 12 items", count(page, "#search=ONTOGGLE%20details"));
    assertEquals("0 of 12 items", count(page, "#search=ontoggle%20iframe"));
    assertEquals(1, drawn(page, "#search=ontoggle"));
  }

  /** Texts that would change the title if one of them became markup or ran. */
  @Test
  void noTextOfAModelRunsOnThePageThatHasAScript() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    for (String address : List.of("", "#search=ontoggle", "#search=iframe", "#search=autofocus")) {
      String shown = Browser.file(folder, hostile(), address);
      assertTrue(shown.contains("<title>hostile, item by item</title>"), "a script ran");
      String body = shown.substring(shown.indexOf("<div id=\"items\""));
      String items = body.substring(0, body.indexOf("<script"));
      assertFalse(items.matches("(?s).*<(script|iframe|img|svg|style|a)[\\s>].*"), items);
    }
  }

  /** The policy lets no other script run: one that is put into the page does nothing. */
  @Test
  void thePolicyAllowsThePagesOwnScriptAlone() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    Path page = hostile();
    String broken =
        Files.readString(page).replace("</main>", "<script>document.title='run'</script></main>");
    Files.writeString(page, broken);
    assertTrue(Browser.file(folder, page, "").contains("<title>hostile, item by item</title>"));
    Files.writeString(page, broken.replaceFirst("<meta http-equiv[^>]*>", ""));
    assertTrue(Browser.file(folder, page, "").contains("<title>run</title>"), "the test can fail");
  }

  /** An opened item shows its prompt and the log-probability of each choice in every round. */
  @Test
  void anItemShowsItsPromptAndTheLogProbabilitiesOfItsChoices() throws Exception {
    assumeTrue(Browser.isThere(), "no Chromium is on the path");
    Map<Integer, SampleItems.Prompt> prompts = new TreeMap<>();
    prompts.put(
        0,
        new SampleItems.Prompt(
            List.of("Q: The capital of France?\nA:"),
            List.of(List.of(0, " Rome"), List.of(0, " Paris"))));
    SampleItems.Item item =
        new SampleItems.Item(
            "q1",
            "",
            "The capital of France?",
            "Paris",
            prompts,
            List.of(
                Map.of(0, answer("Rome", 0, -1.25, -2.5)),
                Map.of(0, answer("Paris", 1, -3.5, -0.125))));
    SamplePages.write(items(List.of(item)), folder, "report.html");
    String shown = Browser.file(folder, folder.resolve("samples/geo.html"), "");
    assertTrue(shown.contains("Q: The capital of France?\nA:"), shown);
    assertTrue(shown.contains("<td class=\"number best\">-1.250</td>"), shown);
    assertTrue(shown.contains("<td class=\"number best\">-0.125</td>"), shown);
    assertTrue(shown.contains("✓  Paris"), shown);
  }

  /** Items of a mebibyte each: eight to a page. */
  @Test
  void aPageIsBoundedAndTheNextOneGoesOn() throws IOException {
    String text = "x".repeat(1 << 20);
    List<SampleItems.Item> many =
        IntStream.range(0, 17)
            .mapToObj(
                i ->
                    new SampleItems.Item(
                        "i" + i, "", text, "", Map.of(), List.of(Map.of(0, answer("a", 1, -1.0)))))
            .toList();
    assertEquals(
        List.of("geo.html", "geo-2.html", "geo-3.html"),
        SamplePages.write(items(many), folder, "report.html"));
    for (String name : List.of("geo.html", "geo-2.html", "geo-3.html")) {
      assertTrue(Files.size(folder.resolve("samples").resolve(name)) < (8 << 20) + 100_000, name);
    }
    SamplePages.write(items(many.subList(0, 9)), folder, "report.html");
    assertFalse(
        Files.exists(folder.resolve("samples/geo-3.html")), "an earlier report's page stays");
  }

  /** An earlier version's folder that lost its samples. */
  @Test
  void whereNoSamplesAreThePageSaysSo() throws IOException {
    Path run = SampleRun.write(folder.resolve("run"));
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(f -> f.toString().endsWith("hostile-0shot.jsonl")).toList()) {
        Files.delete(file);
      }
    }
    String html = Files.readString(ReportWriter.write(run));
    assertTrue(html.contains("samples files are not in this folder: hostile."), html);
    assertTrue(html.contains("href=\"./samples/open.html\""), html);
    assertFalse(Files.exists(run.resolve("samples/hostile.html")));
  }

  private static SampleItems items(List<SampleItems.Item> items) {
    return new SampleItems(
        "geo",
        "geo, item by item",
        new SampleItems.Head(
            List.of("base", "round 1"), 1, List.of(0), List.of("acc"), List.of("acc")),
        items);
  }

  private static SampleItems.Answer answer(String chosen, double acc, Double... logs) {
    return new SampleItems.Answer(
        chosen, Map.of("acc", acc), List.of(logs), List.of(), List.of(), "");
  }

  private Path hostile() {
    Path run = SampleRun.write(folder.resolve("run"));
    ReportWriter.write(run);
    return run.resolve("samples/hostile.html");
  }

  private String count(Path page, String address) throws Exception {
    Matcher count =
        Pattern.compile("<p id=\"count\"[^>]*>([^<]*)</p>")
            .matcher(Browser.file(folder, page, address));
    return count.find() ? count.group(1) : "none";
  }

  private int drawn(Path page, String address) throws Exception {
    String shown = Browser.file(folder, page, address);
    return shown.split("<span class=\"marks\"", -1).length - 1;
  }
}
