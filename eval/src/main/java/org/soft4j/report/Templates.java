package org.soft4j.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.escaper.EscapingStrategy;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Fills the report's templates; whatever they insert is escaped for the page it goes to. */
final class Templates {
  private static final String FOLDER = "org/soft4j/report";

  // Everything that Markdown or the HTML inside it could take for markup, and line breaks.
  private static final EscapingStrategy MARKDOWN =
      text ->
          text.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replaceAll("([\\\\`*_\\[\\]|#~])", "\\\\$1")
              .replaceAll("\\R", "<br>");

  private Templates() {}

  static String html(ReportPage page) {
    return fill("report.html.peb", "html", page);
  }

  static String markdown(ReportPage page) {
    return fill("report.md.peb", "md", page);
  }

  private static String fill(String template, String escaping, ReportPage page) {
    ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix(FOLDER);
    PebbleEngine engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .autoEscaping(true)
            .addEscapingStrategy("md", MARKDOWN)
            .defaultEscapingStrategy(escaping)
            .strictVariables(true)
            .newLineTrimming(false)
            .defaultLocale(Locale.ROOT)
            .cacheActive(false)
            .build();
    StringWriter text = new StringWriter();
    try {
      engine.getTemplate(template).evaluate(text, Map.of("page", page));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
