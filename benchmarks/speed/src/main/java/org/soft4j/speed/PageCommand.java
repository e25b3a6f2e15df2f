package org.soft4j.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.soft4j.core.Json;
import org.soft4j.core.Provenance;
import org.soft4j.core.WholeFile;
import org.soft4j.plot.Images;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes DATE.md, DATE.json and the sweep's figure from the lines of a run. */
@Command(name = "page", description = "Write the comparison as a page.")
final class PageCommand implements Callable<Integer> {
  @Option(names = "--work", required = true)
  private Path work;

  @Option(names = "--out", required = true)
  private Path out;

  @Option(names = "--date", description = "Name of the files; today where it is not given.")
  private String date = LocalDate.now(ZoneOffset.UTC).toString();

  @Option(names = "--machine", required = true, description = "The machine, in words.")
  private String machine;

  @Override
  public Integer call() throws IOException {
    Work folder = new Work(work);
    List<Measured> lines = Measured.read(folder.results());
    Comparison all = new Comparison(lines);
    Files.createDirectories(out);
    WholeFile.write(out.resolve(date + ".json"), Json.pretty(lines));
    String commit = Provenance.commit(Path.of(System.getProperty("soft4j.home", ".")));
    Page page = new Page(all, folder, machine, commit);
    WholeFile.write(out.resolve(date + ".md"), page.markdown(date));
    List<Measured> sweeps = all.all("soft4j", "sweep");
    if (!sweeps.isEmpty()) {
      Files.write(
          out.resolve(date + "-cost.png"),
          Images.png(SweepFigure.of(sweeps.get(sweeps.size() - 1)), 1));
    }
    System.out.println(out.resolve(date + ".md"));
    return 0;
  }
}
