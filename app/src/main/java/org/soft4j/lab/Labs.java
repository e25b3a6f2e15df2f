package org.soft4j.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.soft4j.core.Progress;
import org.soft4j.eval.judge.Judge;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.SoftSession;

/**
 * The labs of one notebook. Opening a model again closes the lab that held it before, so that a
 * cell that is run again does not fill the memory.
 */
public final class Labs implements AutoCloseable {
  /**
   * Hears of long calls, on the thread that made the call and on no other.
   *
   * @param progress gives each call something that shows how it comes along
   * @param notes takes what is worth a line, such as how many labels a round has
   */
  public record Listener(Supplier<Progress> progress, Consumer<String> notes) {
    /** Hears and shows nothing. */
    public static final Listener SILENT = new Listener(() -> Progress.SILENT, line -> {});
  }

  private final ModelOpener opener;
  private final Listener listener;
  private final Map<ModelChoice, Lab> open = new LinkedHashMap<>();

  /** Labs that say nothing. */
  public Labs() {
    this(Listener.SILENT);
  }

  /** Labs whose long calls are heard of. */
  public Labs(Listener listener) {
    this(LocalOpening.OPENER, listener);
  }

  /** Labs on models that are opened in another way, such as scripted ones. */
  public Labs(ModelOpener opener, Listener listener) {
    this.opener = LocalOpening.telling(opener, listener.notes());
    this.listener = listener;
  }

  /**
   * Opens the model of a preset with its prompts, ICL pool, benchmarks and settings.
   *
   * @param preset {@code micro} (embedded, no download) or {@code smollm2}; another name is a
   *     UserError
   */
  public Lab open(String preset) {
    return open(SoftSession.preset(preset));
  }

  /** Opens the model of a session; the session's settings are the lab's. */
  public synchronized Lab open(SoftSession session) {
    ModelChoice choice = session.plan().values().model().choice();
    if (open.containsKey(choice)) {
      open.remove(choice).close();
    }
    Lab lab = Lab.open(session, opener, listener);
    open.put(choice, lab);
    return lab;
  }

  /** A study of conditions over seeds that all begin with a session's settings. */
  public StudyRuns study(SoftSession session) {
    return new StudyRuns(opener, listener, session, Map.of(), List.of());
  }

  /** A judge that costs nothing, such as a local model; one that may charge is refused. */
  public LabJudge judge(Judge judge) {
    return judge(judge, CostGate.SHUT);
  }

  /**
   * A judge that may charge.
   *
   * @param gate says what may be spent
   */
  public LabJudge judge(Judge judge, CostGate gate) {
    return new LabJudge(judge, gate, listener);
  }

  @Override
  public synchronized String toString() {
    return open.isEmpty()
        ? "labs: none is open; labs.open(\"micro\") opens one"
        : "labs: " + open.values().stream().map(Lab::toString).collect(Collectors.joining("; "));
  }

  /** Closes every lab. */
  @Override
  public synchronized void close() {
    open.values().forEach(Lab::close);
    open.clear();
  }
}
