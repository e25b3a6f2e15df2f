package org.soft4j.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Links to a page per benchmark with every item, from the samples and the prompts beside them. */
public final class ItemsPanel {
  private ItemsPanel() {}

  /**
   * The body.
   *
   * @param pages of the benchmarks whose samples are there
   * @param missing names of the others, with commas between
   */
  public record Body(List<Benchmark> pages, String missing) {}

  /** A benchmark: its name, number of items, and the parts of its page with their addresses. */
  public record Benchmark(String name, String items, List<ReportPage.Fact> links) {}

  /** Writes the pages, and says where they are; nothing where nothing was measured. */
  static Optional<ReportPage.Panel> write(RunReader files, Path into) {
    List<Benchmark> pages = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    boolean described = Files.isDirectory(files.folder().resolve("tasks"));
    for (String name : files.benchmarks()) {
      if (described && files.task(name).isEmpty()) {
        continue; // a group, or a measure of the labels: no items of its own
      }
      SampleItems.of(files, name)
          .ifPresentOrElse(
              items -> {
                List<String> written = SamplePages.write(items, into, "report.html");
                List<ReportPage.Fact> links = new ArrayList<>();
                for (int part = 0; part < written.size(); part++) {
                  links.add(
                      new ReportPage.Fact(
                          written.size() == 1 ? "all items" : "part " + (part + 1),
                          Links.to(SamplePages.FOLDER + "/" + written.get(part))));
                }
                pages.add(new Benchmark(name, String.valueOf(items.items().size()), links));
              },
              () -> missing.add(name));
    }
    return pages.isEmpty() && missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportPage.Panel(
                "items", "Every item", new Body(pages, String.join(", ", missing))));
  }
}
