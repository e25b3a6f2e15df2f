package org.soft4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.soft4j.core.FileFault;
import org.soft4j.core.Json;
import org.soft4j.core.Sha256;
import org.soft4j.core.WholeFile;

/**
 * Writes samples/NAME.html: every item of a benchmark, to search and to filter. A page holds its
 * items as JSON, of which its script draws fifty at a time, and is cut before it has more than
 * eight mebibytes of them; the next one is NAME-2.html. Its policy allows that script by its digest
 * and nothing else, and the script makes text of everything it shows.
 */
final class SamplePages {
  static final String FOLDER = "samples";
  private static final String SCRIPT = "samples.js";
  private static final int MOST_LETTERS = 8 << 20;

  private SamplePages() {}

  /**
   * A page, as its template shows it.
   *
   * @param title of the benchmark
   * @param note which items these are
   * @param links to the report and the other parts
   * @param data JSON that holds no markup
   * @param script that draws it
   * @param scriptHash of the script, as a content policy names it
   */
  public record Page(
      String title,
      String note,
      List<ReportPage.Fact> links,
      String data,
      String script,
      String scriptHash) {}

  /**
   * Writes the pages of one benchmark.
   *
   * @param into the folder of the report
   * @param report name of its file
   * @return names of the files; empty where there are no samples
   */
  static List<String> write(SampleItems items, Path into, String report) {
    List<List<String>> parts = parts(items);
    List<String> names = new ArrayList<>();
    for (int part = 1; part <= parts.size(); part++) {
      names.add(name(items.benchmark(), part));
    }
    int first = 1;
    for (int part = 0; part < names.size(); part++) {
      int count = parts.get(part).size();
      String note =
          names.size() == 1
              ? "%s items.".formatted(count)
              : "Items %s to %s of %s, part %s of %s; search and filter look at this part."
                  .formatted(
                      first, first + count - 1, items.items().size(), part + 1, names.size());
      WholeFile.write(
          into.resolve(FOLDER).resolve(names.get(part)),
          Templates.samples(page(items, note, links(names, part, report), parts.get(part))));
      first += count;
    }
    remove(into, name(items.benchmark(), names.size() + 1));
    return names;
  }

  /** What an earlier report had more of. */
  private static void remove(Path into, String name) {
    try {
      Files.deleteIfExists(into.resolve(FOLDER).resolve(name));
    } catch (IOException failure) {
      throw FileFault.of(into.resolve(FOLDER).resolve(name), failure);
    }
  }

  private static String name(String benchmark, int part) {
    return part == 1 ? benchmark + ".html" : benchmark + "-" + part + ".html";
  }

  private static Page page(
      SampleItems items, String note, List<ReportPage.Fact> links, List<String> lines) {
    String script = script();
    String head = json(items.head());
    String data =
        head.substring(0, head.length() - 1) + ",\"items\":[\n" + String.join(",\n", lines) + "]}";
    return new Page(items.title(), note, links, data, script, hash(script));
  }

  private static List<ReportPage.Fact> links(List<String> names, int part, String report) {
    List<ReportPage.Fact> links = new ArrayList<>();
    links.add(new ReportPage.Fact("report", Links.to("../" + report)));
    for (int i = 0; i < names.size() && names.size() > 1; i++) {
      String name = "part " + (i + 1) + (i == part ? " (this one)" : "");
      links.add(new ReportPage.Fact(name, Links.to(names.get(i))));
    }
    return links;
  }

  private static List<List<String>> parts(SampleItems items) {
    List<List<String>> parts = new ArrayList<>();
    int letters = MOST_LETTERS;
    for (SampleItems.Item item : items.items()) {
      String line = json(item);
      if (letters + line.length() > MOST_LETTERS) {
        parts.add(new ArrayList<>());
        letters = 0;
      }
      parts.get(parts.size() - 1).add(line);
      letters += line.length();
    }
    return parts;
  }

  /** JSON in which no character could end the element that holds it. */
  static String json(Object value) {
    try {
      return Json.mapper()
          .writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static String script() {
    try (InputStream script = SamplePages.class.getResourceAsStream(SCRIPT)) {
      // A checkout may have other ends of lines; a browser hashes what it has parsed.
      return new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String hash(String script) {
    MessageDigest digest = Sha256.start();
    digest.update(script.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest.digest());
  }
}
