package org.soft4j.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Fills the report's templates; whatever they insert is escaped for the page it goes to. */
final class Templates {
  private static final String FOLDER = "org/soft4j/report";

  private Templates() {}

  static String html(ReportPage page) {
    return fill("html", "page", page);
  }

  static String samples(SamplePages.Page page) {
    return fill("html", "samples", page);
  }

  static String markdown(ReportPage page) {
    return fill("md", "page", page);
  }

  /** Both kinds of page lie in a folder of their name, a partial for each panel. */
  private static String fill(String kind, String template, Object page) {
    ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix(FOLDER + "/" + kind);
    loader.setSuffix(".peb");
    PebbleEngine engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .autoEscaping(true)
            .addEscapingStrategy("html", SafeText::html)
            .addEscapingStrategy("md", SafeText::markdown)
            .addEscapingStrategy("code", SafeText::line)
            .defaultEscapingStrategy(kind)
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
