package org.soft4j.track;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.soft4j.core.Printable;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;

/**
 * Sends a run to where people look at it. A place that does not answer never ends a run: it is
 * told, and what it lacks is sent at the next stage, or later by {@code report --track}.
 */
public final class Tracking {
  private static final String FORM = "mlflow:http://HOST:PORT or tensorboard:DIR";

  private final TrackedRun run;
  private final List<String> targets;
  private final Map<String, String> environment;
  private final Consumer<String> say;

  private Tracking(
      Path run, List<String> targets, Map<String, String> environment, Consumer<String> say) {
    this.run = new TrackedRun(run);
    this.targets = targets;
    this.environment = environment;
    this.say = say;
  }

  /**
   * The tracking of a run.
   *
   * @param run its folder, which may not be there yet
   * @param targets as a user wrote them; a wrong one is a UserError. Those that the folder says it
   *     was sent to before are not among them: a folder may come from elsewhere, and credentials go
   *     only where their owner says
   * @param say hears what could not be sent
   */
  public static Tracking of(Path run, List<String> targets, Consumer<String> say) {
    return of(run, targets, System.getenv(), say);
  }

  static Tracking of(
      Path run, List<String> targets, Map<String, String> environment, Consumer<String> say) {
    List<String> all = targets.stream().map(Tracking::whole).distinct().toList();
    Tracking tracking = new Tracking(run, all, environment, say);
    all.forEach(tracking::tracker); // refused before work begins
    return tracking;
  }

  /** A folder is the same one wherever the run is gone on with. */
  private static String whole(String target) {
    return target.startsWith("tensorboard:") && target.length() > "tensorboard:".length()
        ? "tensorboard:" + Path.of(rest(target)).toAbsolutePath().normalize()
        : target;
  }

  private static String rest(String target) {
    return target.substring(target.indexOf(':') + 1);
  }

  private Tracker tracker(String target) {
    String rest = rest(target);
    return switch (rest.equals(target) || rest.isBlank() ? "" : target.split(":")[0]) {
      case "tensorboard" -> new TensorBoard(Path.of(rest), Clock.systemUTC());
      case "mlflow" -> {
        String experiment = environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", "");
        yield new Mlflow(
            new MlflowServer(address(rest), environment),
            experiment.isBlank() ? "soft4j" : experiment,
            Clock.systemUTC(),
            say);
      }
      default ->
          throw new UserError("--track is \"%s\".".formatted(target), "Write %s.".formatted(FORM));
    };
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (web
          && address.getHost() != null
          && address.getQuery() == null
          && address.getFragment() == null) {
        if (address.getUserInfo() != null) {
          throw new UserError(
              "--track holds a name or password, which would be written down.",
              "Export MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.");
        }
        return address;
      }
    } catch (IllegalArgumentException noAddress) {
      // told below
    }
    throw new UserError(
        "\"%s\" is not the address of a server.".formatted(text), "Write %s.".formatted(FORM));
  }

  /** Whether there is a place to send to. */
  public boolean any() {
    return !targets.isEmpty();
  }

  /** The same progress; what is finished is sent whenever a stage begins. */
  public Progress over(Progress progress) {
    return new Progress() {
      @Override
      public Step start(String what, long total, String unit) {
        send(Tracker.State.RUNNING);
        return progress.start(what, total, unit);
      }

      @Override
      public void say(String line) {
        progress.say(line);
      }
    };
  }

  /** Sends everything, and that the run has ended. */
  public boolean finished() {
    return send(Tracker.State.FINISHED);
  }

  /** Sends what is there, and that the run was stopped, or failed. */
  public boolean broken(boolean stopped) {
    return send(stopped ? Tracker.State.STOPPED : Tracker.State.FAILED);
  }

  /** Sends what a folder holds, finished or not. */
  public boolean sendAll() {
    return send(run.finished() ? Tracker.State.FINISHED : Tracker.State.RUNNING);
  }

  private boolean send(Tracker.State state) {
    boolean all = true;
    for (String target : run.begun() ? targets : List.<String>of()) {
      try {
        tracker(target).send(run, known(target), state);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        all = false;
      } catch (IOException | RuntimeException fault) {
        all = false;
        say.accept(
            "tracking: %s: %s; the run goes on without it. What it lacks is sent by the next stage, or by: ./soft4j report %s --track %s"
                .formatted(target, reason(fault), run.folder(), target));
      }
    }
    return all;
  }

  private Sent known(String target) {
    return Sent.read(run.folder()).stream()
        .filter(sent -> sent.target().equals(target))
        .findFirst()
        .orElseGet(() -> Sent.nothing(target));
  }

  private static String reason(Exception fault) {
    if (fault instanceof ConnectException) {
      return "nothing answers there";
    }
    if (fault instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    return Printable.line(
        fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage());
  }
}
