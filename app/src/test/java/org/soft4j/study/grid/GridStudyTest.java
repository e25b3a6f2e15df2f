package org.soft4j.study.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.datasets.micro.MicroSets;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.kills.CommandProcess;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.report.HtmlChecker;
import org.soft4j.run.SoftSession;
import org.soft4j.study.claims.Finding;
import org.soft4j.study.claims.StudyPage;

/** A small study of the micro model, from its first cell to its page. */
@Tag("slow")
class GridStudyTest {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  private StudyDesign design(int seeds) throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    Files.writeString(
        prompts, Json.lines(new MicroSets(new MicroWorld(1), 0).prompts().subList(0, 12)));
    SoftSession session =
        StudyDesign.begin(SoftSession.micro())
            .prompts(prompts)
            .rounds(2)
            .shots(List.of(0))
            .limit(4)
            .set("data.validation", "micro")
            .set("labelling.max_new_tokens", "12")
            .set("training.epochs", "1")
            .set("study.seeds", String.valueOf(seeds))
            .set("study.methods", "single,soft")
            .set("study.rates", "0.001,0.002")
            .set("study.tuning_seeds", "1");
    return StudyDesign.of(session, List.of(Vary.parse("split=fresh,reused")), Map.of());
  }

  private CellPool.Means means(ModelOpener opener, int workers) {
    Progress progress =
        new Progress() {
          @Override
          public Step start(String what, long total, String unit) {
            return done -> {};
          }

          @Override
          public void say(String line) {
            synchronized (said) {
              said.add(line);
            }
          }
        };
    return new CellPool.Means(opener, workers, CostGate.SHUT, progress, Cancellation.NEVER);
  }

  private StudyPage study(String name, int seeds, ModelOpener opener, int workers)
      throws IOException {
    StudyPage page =
        StudyPage.of(
            new GridStudy(design(seeds), "./soft4j study micro")
                .run(folder.resolve(name), means(opener, workers)));
    page.write();
    return page;
  }

  private static Map<String, String> files(Path folder) throws IOException {
    return CommandProcess.files(folder);
  }

  @Test
  void aStudyIsTheSameWithOneWorkerAndWithTwoAndGoesOnWithMoreSeeds() throws Exception {
    study("two", 1, LocalOpening.OPENER, 2);
    study("one", 1, LocalOpening.OPENER, 1);
    assertEquals(files(folder.resolve("one")), files(folder.resolve("two")));
    cellsAreRuns();
    said.clear();
    StudyPage page = study("two", 2, LocalOpening.OPENER, 1);
    assertTrue(said.stream().anyMatch(line -> line.contains("other conditions, seeds")), "" + said);
    claimsAreTold(page);
    // What is finished is not run again: nothing can be opened.
    Map<String, String> before = files(folder.resolve("two"));
    ModelOpener none =
        choice -> {
          throw new AssertionError("opened");
        };
    said.clear();
    study("two", 2, none, 1);
    assertEquals(before, files(folder.resolve("two")));
    assertFalse(said.stream().anyMatch(line -> line.contains("other conditions")), "" + said);
  }

  /** Each of them is what run writes, what it took from another cell too. */
  private void cellsAreRuns() throws IOException {
    StudyDesign design = design(1);
    Map<String, Double> rates = RateChoice.of(design, folder.resolve("one"));
    List<StudyCell> cells = design.cells(rates);
    StudyCell reused = cells.get(2);
    assertEquals("soft, reused", reused.condition().name());
    assertEquals(
        SharedRounds.Depth.FIRST_ROUND, SharedRounds.depth(cells.get(1), reused), "taken over");
    sameAlone(reused);
    String timings = Files.readString(reused.in(folder.resolve("one")).resolve("timings.jsonl"));
    assertFalse(timings.contains("\"round\":0"), "the base was measured once: " + timings);
    assertFalse(timings.contains("\"round\":1"), "the first round was made once: " + timings);
    StudyCell otherRate = design.tuning().get(1);
    assertEquals("tuning/single/rate-0.002/seed-100", otherRate.folder());
    sameAlone(otherRate);
    String tried = Files.readString(otherRate.in(folder.resolve("one")).resolve("timings.jsonl"));
    assertFalse(tried.contains("\"label\""), "both rates learned the same labels: " + tried);
    assertTrue(tried.contains("\"train\""), tried);
  }

  private void sameAlone(StudyCell cell) throws IOException {
    Path alone = folder.resolve("alone").resolve(cell.folder());
    cell.session().run(alone);
    assertEquals(files(alone), files(cell.in(folder.resolve("one"))));
  }

  /** Lines of labels.jsonl and dropped.jsonl of all cells that are reported. */
  private static long labelsOf(Path study) throws IOException {
    long lines = 0;
    for (Map.Entry<String, String> file : files(study).entrySet()) {
      if (file.getKey().matches("(?!tuning).*/round-\\d/(labels|dropped)\\.jsonl")) {
        lines += Files.readAllLines(study.resolve(file.getKey())).size();
      }
    }
    return lines;
  }

  private static long labelsCounted(Path table) {
    return Csv.read(table).rows().stream()
        .filter(row -> row.text("type").equals("all") && row.text("kind").equals("any"))
        .mapToLong(row -> row.whole("labels"))
        .sum();
  }

  private void claimsAreTold(StudyPage page) throws Exception {
    Map<String, List<Finding>> byClaim =
        page.findings().stream().collect(Collectors.groupingBy(f -> f.contrast().words()));
    assertEquals(
        List.of(
            "Fresh prompts beat reused ones",
            "Late rounds collapse, and validation stops before",
            "Rounds beat the single round"),
        List.copyOf(new TreeMap<>(byClaim).keySet()));
    Finding first = byClaim.get("Rounds beat the single round").get(0);
    assertEquals(2, first.compared().seeds());
    assertEquals(4, first.compared().items());
    Path study = folder.resolve("two");
    assertEquals("", HtmlChecker.faults(folder, study.resolve("study.html")));
    String text = Files.readString(study.resolve("study.md"));
    assertTrue(text.contains("| Rounds beat the single round | "), text);
    assertTrue(text.contains("Learning rates chosen by log\\_probability"), text);
    assertTrue(text.contains("study-micro-truth-mc1.svg"), text);
    String svg = Files.readString(study.resolve("study-micro-truth-mc1.svg"));
    // Two seeds of three conditions behind their means.
    assertEquals(6, svg.split("stroke-opacity", -1).length - 1);
    assertEquals(
        page.findings().size() + 1, Files.readAllLines(study.resolve("claims.csv")).size());
    assertTrue(Files.readString(study.resolve("study.tex")).contains("\\midrule"));
    assertTrue(text.contains("| all | soft, reused | all rounds | "), text);
    // Two seeds of three conditions, each of twelve prompts but for those left out.
    assertTrue(labelsOf(study) >= 60, "only " + labelsOf(study));
    assertEquals(labelsOf(study), labelsCounted(study.resolve("label_errors.csv")));
  }
}
