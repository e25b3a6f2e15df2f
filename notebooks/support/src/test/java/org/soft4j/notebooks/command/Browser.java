package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at an HTML page in headless Chromium, 1280 pixels wide. */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Writes into the page what is wrong with it. */
  private static final String LOOK =
      """
      <script>window.addEventListener('load', () => {
        const faults = [];
        const images = [...document.images];
        images.filter(i => !i.naturalWidth).forEach(i => faults.push('broken image'));
        document.querySelectorAll('table').forEach(t => {
          const box = t.parentElement;
          if (t.getBoundingClientRect().width > box.clientWidth + 1 || box.scrollWidth > box.clientWidth + 1)
            faults.push('a table wider than its place: ' + t.innerText.slice(0, 60));
        });
        if (document.scrollingElement.scrollWidth > window.innerWidth) faults.push('the page scrolls sideways');
        const ids = document.body.innerText.match(/\\b[\\w.$]+@[0-9a-f]{6,8}\\b/g) || [];
        ids.forEach(id => faults.push('an object id: ' + id));
        const outside = performance.getEntriesByType('resource').map(e => e.name)
          .concat([...document.querySelectorAll('script[src], link[href], iframe[src], img[src]')]
            .map(e => e.src || e.href));
        outside.filter(u => !u.startsWith('data:') && !u.startsWith('file:'))
          .forEach(u => faults.push('a request to ' + u));
        const note = document.createElement('pre');
        note.id = 'soft4j-look';
        note.textContent = 'width ' + window.innerWidth + ', images ' + images.length + ', tables '
          + document.querySelectorAll('table').length + ', faults: ' + faults.join('; ');
        document.body.appendChild(note);
      });</script>
      """;

  private Browser() {}

  /** Fails where an image is broken, a table scrolls sideways or an object shows its id. */
  static void check(Path html) throws IOException {
    Optional<String> browser = found();
    if (browser.isEmpty()) {
      System.out.println("page not looked at: no Chromium on the path (" + NAMES + ")");
      return;
    }
    Path copy = html.resolveSibling("look-" + html.getFileName());
    Files.writeString(copy, Files.readString(html).replace("</body>", LOOK + "</body>"));
    String page = dump(browser.get(), copy);
    Matcher look = Pattern.compile("<pre id=\"soft4j-look\">([^<]*)</pre>").matcher(page);
    assertTrue(look.find(), "the page did not load in " + browser.get());
    System.out.println(html.getFileName() + ": " + look.group(1));
    assertEquals("", look.group(1).replaceFirst("(?s).*faults: ?", "").strip());
  }

  private static Optional<String> found() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static String dump(String browser, Path page) throws IOException {
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                // Pages must be whole without a network.
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--window-size=1280,1000",
                "--virtual-time-budget=20000",
                "--dump-dom",
                page.toUri().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
