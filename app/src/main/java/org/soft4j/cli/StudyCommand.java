package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.plugin.Clusters;
import org.soft4j.plugin.ComputeCluster;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.Settings;
import org.soft4j.study.Study;
import org.soft4j.study.StudyResult;
import org.soft4j.study.claims.StudyOutline;
import org.soft4j.study.claims.StudyPage;
import org.soft4j.study.claims.StudyPower;
import org.soft4j.study.grid.CellPool;
import org.soft4j.study.grid.GridStudy;
import org.soft4j.study.grid.StudyDesign;
import org.soft4j.study.grid.StudyFile;
import org.soft4j.study.grid.StudyWork;
import org.soft4j.study.grid.Vary;
import org.soft4j.study.grid.Workers;
import org.soft4j.table.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description = "Compare conditions over seeds: methods, and any settings; test the claims.",
    footer = {
      "",
      "study micro, with no condition named, compares every way to spend the same prompts and steps"
          + " in the micro worlds. Finished cells are kept: to continue, run the same command again."
    })
final class StudyCommand implements Callable<Integer>, Resumable {
  private static final String MICRO = "micro";

  /** What the closed study of the micro worlds takes. */
  private static final String OF_MICRO =
      "study\\.(seeds|worlds|workers)|eval\\.(overlong|drop_reasoning)|cluster\\..*";

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Parameters(
      paramLabel = "NAME",
      description = "A preset, a run.json, or a study's file (YAML or JSON, docs/study.md).")
  private String name;

  @Mixin private SettingOptions changes = SettingOptions.alsoOf("run");

  @Option(
      names = "--vary",
      paramLabel = "KEY=A,B",
      description =
          "Conditions with each of these values, crossed with the methods and with each other; the"
              + " first is the plain one. Any setting of run, or demonstrations=random,fixed,"
              + " split=fresh,reused; a value that holds commas stands in brackets. May be repeated.")
  private List<String> vary = List.of();

  @Option(
      names = "--plan",
      description = "Tell what would be done, how long it may take and what it can see.")
  private boolean planned;

  @Option(
      names = "--power",
      description = "Tell which differences so many seeds and items can see, and do nothing.")
  private boolean power;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder (default: runs/study-NAME).")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (closed()) {
      return micro();
    }
    StudyDesign design = design();
    Path folder = folder();
    if (power) {
      return power(design, folder);
    }
    int workers = Workers.count(design.values());
    if (planned) {
      outline(design, folder, workers, root.opener()).forEach(this::print);
      print("Nothing was done; without --plan it is, in " + folder + ".");
      return 0;
    }
    return locks.folder(folder, FolderKind.STUDY, () -> run(design, folder, workers));
  }

  private void print(String line) {
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(line);
    screen.flush();
  }

  /** Whether this is the study of the micro worlds as it has always been. */
  private boolean closed() {
    if (!name.equals(MICRO) || !vary.isEmpty() || planned || power) {
      return false;
    }
    Resolved<Settings> asked = changes.over(Settings.preset(MICRO));
    return asked.origins().keySet().stream()
        .filter(key -> SettingOptions.given(asked, key).isPresent())
        .allMatch(key -> key.matches(OF_MICRO));
  }

  private Path folder() {
    if (out.isPresent()) {
      return out.get();
    }
    String plain = Path.of(name).getFileName().toString().replaceFirst("\\.(ya?ml|json)$", "");
    // The study of the micro worlds has the plain name.
    return Path.of("runs", "study-" + plain + (name.equals(MICRO) && !closed() ? "-runs" : ""));
  }

  private int micro() throws Exception {
    Settings settings = changes.over(Settings.preset(MICRO)).value();
    Study study = Study.micro(settings);
    int asked = settings.study().workers();
    int count = asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
    return locks.folder(folder(), FolderKind.STUDY, () -> micro(study, settings, count));
  }

  private int micro(Study study, Settings settings, int count) {
    Path folder = folder();
    Optional<ComputeCluster> cluster = Clusters.of(settings.cluster(), root.progress()::say);
    StudyResult result =
        cluster.isPresent()
            ? study.run(folder, cluster.get(), root.progress(), root.interrupt())
            : study.run(folder, root.opener(), count, root.progress(), root.interrupt());
    print(result.text());
    print(
        "written: %s, %s and label_errors.csv"
            .formatted(folder.resolve("study.csv"), folder.resolve("study.md")));
    return 0;
  }

  private StudyDesign design() {
    StudyFile file =
        Settings.PRESETS.contains(name)
            ? new StudyFile(name, Map.of(), List.of(), Map.of())
            : StudyFile.read(existing());
    SoftSession begun = StudyDesign.begin(begun(file.begins()));
    Resolved<Settings> before =
        Settings.asked(begun.plan().settings(), file.settings(), key -> "study " + name);
    SoftSession session = begun.with(changes.over(before));
    refuseWorlds(session.plan().settings());
    List<Vary> varied = vary.isEmpty() ? file.vary() : vary.stream().map(Vary::parse).toList();
    return StudyDesign.of(session, varied, vary.isEmpty() ? file.conditions() : Map.of());
  }

  private static void refuseWorlds(Resolved<Settings> settings) {
    if (SettingOptions.given(settings, "study.worlds").isPresent()) {
      throw new UserError(
          "A study of runs has no worlds; --worlds is of the study of the micro worlds.",
          "Leave it out, or vary the model and its world with a study's file.");
    }
  }

  /** What conditions begin with: a preset, or a run's settings. */
  private SoftSession begun(String begins) {
    if (Settings.PRESETS.contains(begins) || !begins.endsWith(".json")) {
      return SoftSession.preset(begins);
    }
    Path beside = Path.of(name).resolveSibling(begins);
    return SoftSession.like(Files.exists(beside) ? beside : Path.of(begins));
  }

  private Path existing() {
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw new UserError(
          "There is no preset and no file \"%s\".%s"
              .formatted(name, DidYouMean.hint(name, Settings.PRESETS)),
          "Choose among: %s; or name a run.json or a study's file."
              .formatted(String.join(", ", Settings.PRESETS)));
    }
    return file;
  }

  private int power(StudyDesign design, Path folder) {
    StudyPower known = StudyPower.of(design, folder);
    known.sentences(design).forEach(this::print);
    print("");
    print("Smallest differences seen, in points of a hundred, of one test:");
    print(known.table(design));
    return 0;
  }

  private static List<String> outline(
      StudyDesign design, Path folder, int workers, ModelOpener opener) {
    return new StudyOutline(design, workers).text(folder, opener);
  }

  private int run(StudyDesign design, Path folder, int workers) {
    if (!new StudyWork(design).done(folder)) {
      outline(design, folder, workers, root.opener()).forEach(spec.commandLine().getErr()::println);
    }
    Optional<ComputeCluster> cluster = Clusters.of(design.values().cluster(), root.progress()::say);
    try {
      ModelOpener opener = cluster.map(c -> c.opener(root.opener())).orElse(root.opener());
      CellPool.Means means =
          new CellPool.Means(
              opener, workers, root.gate(design.values()), root.progress(), root.interrupt());
      StudyPage page = StudyPage.of(new GridStudy(design, command()).run(folder, means));
      Path html = page.write();
      print(page.summary());
      if (!page.findings().isEmpty()) {
        print(TextTable.of(page.lines(), 3));
      }
      print("page: " + html);
      return 0;
    } finally {
      cluster.ifPresent(ComputeCluster::close);
    }
  }

  /** The command as typed; what does not change the study is left out. */
  private String command() {
    return TypedCommand.of(spec).withoutValueOf("--out").withoutValueOf("--workers").text();
  }

  @Override
  public String kept() {
    return "finished cells, and what is finished of the others, are kept in " + folder();
  }
}
