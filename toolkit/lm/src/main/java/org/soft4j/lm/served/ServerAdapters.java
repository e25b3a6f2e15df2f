package org.soft4j.lm.served;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.soft4j.core.UserError;
import org.soft4j.lm.remote.LoraServer;
import org.soft4j.lm.served.StandingTrainer.Adapter;

/**
 * What this process has loaded at a server. An adapter's name and folder are its digest's, so that
 * no name ever stands for two adapters: a server that meets one again may answer from what it kept
 * of the other. Nothing is loaded in place of something.
 */
final class ServerAdapters {
  private static final int DIGITS = 16;

  private final LoraServer server;
  private final AdapterPlace place;
  private final Need need;
  private final Consumer<String> say;
  private final Set<String> wanted = new LinkedHashSet<>();
  private Optional<String> loaded = Optional.empty();

  /**
   * What a server must be able to hold.
   *
   * @param rank of the largest adapter
   * @param modules that adapters change
   * @param model that the server's start line names
   */
  record Need(int rank, List<String> modules, String model) {}

  ServerAdapters(LoraServer server, AdapterPlace place, Need need, Consumer<String> say) {
    this.server = server;
    this.place = place;
    this.need = need;
    this.say = say;
  }

  LoraServer server() {
    return server;
  }

  /** What requests call an adapter that is loaded now, and was not loaded before this call. */
  record Use(String name, boolean fresh) {}

  /** Loads an adapter, and then unloads the one before it. */
  Use use(Adapter adapter) {
    String name = name(adapter);
    if (loaded.filter(name::equals).isPresent()) {
      return new Use(name, false);
    }
    place.put(adapter.folder(), name);
    load(name);
    Optional<String> before = loaded;
    loaded = Optional.of(name);
    before.ifPresent(this::unload);
    return new Use(name, true);
  }

  /** Notes that an adapter is this run's, though an earlier process may have loaded it. */
  void want(Adapter adapter) {
    wanted.add(name(adapter));
  }

  private static String name(Adapter adapter) {
    return "soft4j-" + adapter.digest().substring(0, DIGITS);
  }

  private void load(String name) {
    String path = place.atServer(name);
    Optional<LoraServer.Listed> there = server.find(name);
    if (there.isPresent()) {
      refuseOther(there.get(), path);
      return;
    }
    LoraServer.Told told = server.load(name, path);
    if (!told.done() && !(named(told) && server.find(name).isPresent())) {
      throw refused(name, path, told);
    }
    refuseOther(server.find(name).orElseThrow(() -> absent(name)), path);
  }

  /** A second answer to an order that was heard, though its first answer was lost. */
  private static boolean named(LoraServer.Told told) {
    return told.status() == 400 && told.text().contains("already");
  }

  private void refuseOther(LoraServer.Listed there, String path) {
    if (!there.root().isEmpty() && !there.root().equals(path)) {
      throw new UserError(
          "%s has an adapter \"%s\" that it read from %s, not from %s."
              .formatted(server.address(), there.name(), there.root(), path),
          "Unload it there, or give the --adapter-path that the server sees.");
    }
  }

  private UserError absent(String name) {
    return new UserError(
        "%s says that it loaded the adapter %s, and does not list it."
            .formatted(server.address(), name),
        "Look into the server's log; a start line that does: " + start());
  }

  private UserError refused(String name, String path, LoraServer.Told told) {
    String said =
        "%s answers with HTTP status %s: %s"
            .formatted(server.address(), told.status(), told.text());
    String words = told.text().toLowerCase(Locale.ROOT);
    if (noRoute(told)) {
      return new UserError(
          "The server has no route to load adapters by. " + said,
          "Start it so that it has: " + start());
    }
    if (words.contains("rank")) {
      return new UserError(
          "The server takes no adapter of rank %s, which the run's last round needs. %s"
              .formatted(need.rank(), said),
          "Start it with room for it: " + start());
    }
    if (told.status() == 404
        || words.contains("no adapter found")
        || words.contains("no such file")) {
      return new UserError(
          "The server finds no adapter at %s, which is %s here. %s"
              .formatted(path, place.local().resolve(name), said),
          "Let both see one folder, and name it with --adapter-path PATH, or LOCAL=SERVER where"
              + " the server sees it under another name.");
    }
    if (told.status() == 401 || told.status() == 403) {
      return new UserError(
          "The server lets no adapter be loaded with this key. " + said,
          "Set the key that may: export SOFT4J_API_KEY=…");
    }
    return new UserError(
        "The server does not load the adapter. " + said, "A start line that does: " + start());
  }

  /** FastAPI's own words for an address that nothing stands behind. */
  private static boolean noRoute(LoraServer.Told told) {
    return told.status() == 405
        || told.status() == 404
            && (told.text().contains("\"detail\"") || !told.text().contains("error"));
  }

  /** The line that starts a server which can do all that the run needs. */
  String start() {
    return server.routes().start(need.model(), need.rank(), need.modules());
  }

  /** Whether the adapter that was loaded is no longer there, as after the server's restart. */
  boolean lost() {
    return loaded.isPresent() && server.find(loaded.get()).isEmpty();
  }

  /** What was loaded is not there any more. */
  void forget() {
    loaded = Optional.empty();
  }

  private void unload(String name) {
    LoraServer.Told told = server.unload(name);
    if (!told.done() && told.status() != 404) {
      say.accept(
          "warning: %s does not unload the adapter %s: %s"
              .formatted(server.address(), name, told.text()));
    }
    place.remove(name);
  }

  /**
   * Unloads what is loaded, by this process or by one of the same run that was killed; a server
   * that is gone has nothing loaded.
   */
  void clear() {
    loaded.ifPresent(wanted::add);
    loaded = Optional.empty();
    for (String name : wanted) {
      try {
        server.find(name).filter(there -> own(there, name)).ifPresent(there -> unload(name));
      } catch (UserError gone) {
        say.accept(
            "warning: the adapter %s may still be loaded: %s".formatted(name, gone.problem()));
        return;
      }
    }
  }

  private boolean own(LoraServer.Listed there, String name) {
    return there.root().isEmpty() || there.root().equals(place.atServer(name));
  }
}
