package org.soft4j.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.soft4j.core.BoundedPattern;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;

/** The benchmarks that can be chosen by name; a value, to which more can be added. */
public final class Tasks {
  private final Map<String, TaskProvider> providers;

  private Tasks(Map<String, TaskProvider> providers) {
    this.providers = providers;
  }

  /**
   * All benchmarks on the class path.
   *
   * @throws UserError for a jar whose benchmark does not load, or has the name of another
   */
  public static Tasks standard() {
    Map<String, TaskProvider> found = new TreeMap<>();
    try {
      for (TaskProvider provider : ServiceLoader.load(TaskProvider.class)) {
        TaskProvider other = found.put(provider.name(), provider);
        if (other != null) {
          throw new UserError(
              "%s and %s both offer the benchmark \"%s\"."
                  .formatted(
                      other.getClass().getName(), provider.getClass().getName(), provider.name()),
              "Give yours a name of its own.");
        }
      }
    } catch (ServiceConfigurationError e) {
      throw new UserError(
          "A benchmark of a jar cannot be loaded: " + e.getMessage() + ".",
          "Check the jars in SOFT4J_CLASSPATH: META-INF/services names public classes with a"
              + " constructor that takes nothing.",
          e);
    }
    return new Tasks(found);
  }

  /** No benchmark. */
  public static Tasks none() {
    return new Tasks(new TreeMap<>());
  }

  /** These and one more, which replaces one of the same name. */
  public Tasks with(TaskProvider provider) {
    Map<String, TaskProvider> more = new TreeMap<>(providers);
    more.put(provider.name(), provider);
    return new Tasks(more);
  }

  /** These and more, of which each replaces one of the same name. */
  public Tasks with(Collection<? extends TaskProvider> others) {
    Map<String, TaskProvider> more = new TreeMap<>(providers);
    others.forEach(other -> more.put(other.name(), other));
    return new Tasks(more);
  }

  /** One of them by name; empty where there is none. */
  public Optional<TaskProvider> find(String name) {
    return Optional.ofNullable(providers.get(name));
  }

  /** These and one more that is open already. */
  public Tasks with(Task task) {
    return with(new Opened(task));
  }

  /** All of them, by name. */
  public List<TaskProvider> providers() {
    return new ArrayList<>(providers.values());
  }

  /**
   * The names that patterns choose, in their order and without repetition.
   *
   * @param patterns names, or parts of names with {@code *} for any characters
   * @throws UserError for a pattern that matches nothing
   */
  public List<String> matching(List<String> patterns) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    for (String pattern : patterns) {
      BoundedPattern wanted = named(pattern);
      List<String> found = providers.keySet().stream().filter(wanted::matches).toList();
      if (found.isEmpty()) {
        throw unknown(pattern);
      }
      names.addAll(found);
    }
    return List.copyOf(names);
  }

  /** Matches the names that a pattern with {@code *} for any characters chooses. */
  public static BoundedPattern named(String pattern) {
    return BoundedPattern.of(pattern, Pattern.quote(pattern).replace("*", "\\E.*\\Q"), 0);
  }

  /** Opens one; an unknown name is a UserError that lists the known ones. */
  public Task open(String name, TaskOptions options) {
    TaskProvider provider = providers.get(name);
    if (provider == null) {
      throw unknown(name);
    }
    return provider.open(options);
  }

  private UserError unknown(String name) {
    if (providers.isEmpty()) {
      return new UserError(
          "There is no benchmark \"" + name + "\": no jar on the class path brings one.",
          "Add org.soft4j:soft4j-benchmarks, which has those of soft4j (docs/library.md).");
    }
    return new UserError(
        "There is no benchmark \"" + name + "\"." + DidYouMean.hint(name, providers.keySet()),
        "Choose among: " + String.join(", ", providers.keySet()) + ".");
  }

  private record Opened(Task task) implements TaskProvider {
    @Override
    public String name() {
      return task.name();
    }

    @Override
    public String summary() {
      return task.card().title();
    }

    @Override
    public Task open(TaskOptions options) {
      return task;
    }
  }
}
