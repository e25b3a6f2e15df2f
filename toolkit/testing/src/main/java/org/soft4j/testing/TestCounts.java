package org.soft4j.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Sums up the reports of Surefire below a folder: how many tests ran, failed and were skipped.
 *
 * <p>{@code TestCounts FOLDER SINCE [SLOWEST]} leaves out reports older than an instant, which an
 * earlier build left behind; with a number behind it, what was skipped and why, and so many of the
 * slowest classes, follow the counts.
 */
public final class TestCounts {
  private final List<String> skipped = new ArrayList<>();
  private final List<Suite> suites = new ArrayList<>();
  private int ran;
  private int failures;
  private int errors;

  private TestCounts() {}

  private record Suite(String name, double seconds) {}

  /** Prints the counts. */
  public static void main(String[] words) throws Exception {
    TestCounts counts = new TestCounts();
    for (Path report : reports(Path.of(words[0]), Instant.parse(words[1]))) {
      counts.read(report);
    }
    System.out.println(counts.line());
    if (words.length > 2) {
      counts.details(Integer.parseInt(words[2]));
    }
  }

  private static List<Path> reports(Path root, Instant since) throws IOException {
    try (Stream<Path> files = Files.walk(root.toAbsolutePath())) {
      return files
          .filter(file -> file.getParent().endsWith("target/surefire-reports"))
          .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
          .filter(file -> !Instant.ofEpochMilli(file.toFile().lastModified()).isBefore(since))
          .sorted()
          .toList();
    }
  }

  private void read(Path report) throws IOException, SAXException, ParserConfigurationException {
    Element suite;
    try (InputStream in = Files.newInputStream(report)) {
      suite =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
    }
    String seconds = suite.getAttribute("time").replace(",", "");
    suites.add(new Suite(suite.getAttribute("name"), Double.parseDouble(seconds)));
    NodeList cases = suite.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      count((Element) cases.item(i));
    }
  }

  private void count(Element test) {
    ran++;
    for (Node n = test.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n.getNodeName().equals("failure")) {
        failures++;
        return;
      }
      if (n.getNodeName().equals("error")) {
        errors++;
        return;
      }
      if (n.getNodeName().equals("skipped")) {
        String name = test.getAttribute("classname") + "." + test.getAttribute("name");
        skipped.add(name + ": " + reason((Element) n));
        return;
      }
    }
  }

  private static String reason(Element skip) {
    String told = skip.getAttribute("message") + "\n" + skip.getTextContent();
    String first = told.strip().lines().findFirst().orElse("no reason given");
    return first.replaceFirst("^(\\S+Exception: )?(Assumption failed: )?", "");
  }

  /** Surefire's own words, which build servers look for. */
  private String line() {
    return String.format(
        Locale.ROOT,
        "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d",
        ran,
        failures,
        errors,
        skipped.size());
  }

  private void details(int slowest) {
    skipped.forEach(test -> System.out.println("  skipped " + test));
    double all = suites.stream().mapToDouble(Suite::seconds).sum();
    System.out.printf(Locale.ROOT, "%,.0f s in all processes; the slowest:%n", all);
    suites.stream()
        .sorted(Comparator.comparingDouble(Suite::seconds).reversed())
        .limit(slowest)
        .forEach(s -> System.out.printf(Locale.ROOT, "  %6.1f s %s%n", s.seconds(), s.name()));
  }
}
