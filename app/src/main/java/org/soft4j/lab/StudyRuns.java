package org.soft4j.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.soft4j.core.StoppedWork;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.Settings;
import org.soft4j.study.claims.StudyPage;
import org.soft4j.study.grid.CellPool;
import org.soft4j.study.grid.GridStudy;
import org.soft4j.study.grid.StudyDesign;
import org.soft4j.study.grid.Vary;
import org.soft4j.study.grid.Workers;

/**
 * A study to be run: conditions over seeds, as {@code soft4j study} runs them.
 *
 * <pre>{@code
 * labs.study(SoftSession.micro()).methods("single", "soft").seeds(3)
 *     .vary("demonstrations", "random", "fixed").run("runs/a-study")
 * }</pre>
 *
 * <p>A value: each setting returns another one. Cells open models of their own; what labs hold open
 * is not touched.
 */
public final class StudyRuns {
  private final ModelOpener opener;
  private final Labs.Listener listener;
  private final SoftSession session;
  private final Map<String, String> size;
  private final List<Vary> vary;

  StudyRuns(
      ModelOpener opener,
      Labs.Listener listener,
      SoftSession session,
      Map<String, String> size,
      List<Vary> vary) {
    this.opener = opener;
    this.listener = listener;
    this.session = session;
    this.size = Map.copyOf(size);
    this.vary = List.copyOf(vary);
  }

  /** Methods that are compared: single, soft, soft+. */
  public StudyRuns methods(String... names) {
    return with("methods", String.join(",", names));
  }

  /** Number of seeds, from the session's own on. */
  public StudyRuns seeds(int count) {
    return with("seeds", String.valueOf(count));
  }

  /** Learning rates of which each method has the best on other seeds; one alone is taken. */
  public StudyRuns rates(double... rates) {
    return with(
        "rates", Arrays.stream(rates).mapToObj(String::valueOf).collect(Collectors.joining(",")));
  }

  /** Number of seeds that choose the learning rates. */
  public StudyRuns tuningSeeds(int count) {
    return with("tuning_seeds", String.valueOf(count));
  }

  /** Cells at the same time; without it, one on each processor as far as memory goes. */
  public StudyRuns workers(int count) {
    return with("workers", String.valueOf(count));
  }

  /**
   * Conditions with each of these values, crossed with the methods and with each other; the first
   * is the plain one.
   *
   * @param key a setting, or one of the short names demonstrations, split (fresh, reused), order
   */
  public StudyRuns vary(String key, Object... values) {
    List<Vary> more = new ArrayList<>(vary);
    more.add(Vary.of(key, Arrays.stream(values).map(String::valueOf).toList()));
    return new StudyRuns(opener, listener, session, size, more);
  }

  private StudyRuns with(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(size);
    all.put("study." + key, value);
    return new StudyRuns(opener, listener, session, all, vary);
  }

  /**
   * Runs it, or what is left of it in that folder, and writes its page and tables.
   *
   * @param folder study.html, claims.csv and so on, and the runs in cells/
   */
  public StudyFolder run(String folder) {
    SoftSession begun = StudyDesign.begin(session);
    SoftSession sized =
        begun.with(Settings.asked(begun.plan().settings(), size, key -> "notebook"));
    StudyDesign design = StudyDesign.of(sized, vary, Map.of());
    GridStudy study = new GridStudy(design, StudyDesign.command(sized, vary));
    try {
      BackgroundWork.run(
          listener,
          (progress, notes, cancel) -> {
            int workers = Workers.count(design.values());
            CellPool.Means means =
                new CellPool.Means(opener, workers, CostGate.SHUT, progress, cancel);
            return StudyPage.of(study.run(Path.of(folder), means)).write();
          });
    } catch (CancellationException stop) {
      throw new StoppedWork(
          "stopped; what is finished is kept in %s; the same call goes on".formatted(folder), stop);
    }
    return StudyFolder.open(folder);
  }
}
