package org.soft4j.lm.template.tree;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.soft4j.lm.template.value.TemplateFault;

/**
 * The names of a scope, and what each holds where the scope is entered. Jinja2 settles this before
 * it renders (jinja2/idtracking.py): a name that a scope sets before it reads it is its own from
 * the beginning, one that it reads first is the outer one until it is set.
 */
final class Symbols {
  /** What a name holds where its scope is entered. */
  enum Load {
    /** What the one who enters gives. */
    PARAMETER,
    /** The variable that the template was given. */
    GIVEN,
    /** The value in the scope around. */
    OUTER,
    /** Nothing. */
    UNDEFINED
  }

  private final Optional<Symbols> parent;
  private final Map<String, Load> loads;
  private final Set<String> stores;

  private Symbols(Optional<Symbols> parent, Map<String, Load> loads, Set<String> stores) {
    this.parent = parent;
    this.loads = loads;
    this.stores = stores;
  }

  /** The names of a whole template. */
  static Symbols root() {
    return new Symbols(Optional.empty(), new LinkedHashMap<>(), new HashSet<>());
  }

  Symbols inner() {
    return new Symbols(Optional.of(this), new LinkedHashMap<>(), new HashSet<>());
  }

  Symbols copy() {
    return new Symbols(parent, new LinkedHashMap<>(loads), new HashSet<>(stores));
  }

  Map<String, Load> loads() {
    return loads;
  }

  private boolean knows(String name) {
    return loads.containsKey(name) || isOuter(name);
  }

  private boolean isOuter(String name) {
    return parent.isPresent() && parent.get().knows(name);
  }

  void read(String name) {
    if (!knows(name)) {
      loads.put(name, Load.GIVEN);
    }
  }

  void read(Expression expression) {
    expression.names((name, set) -> read(name));
  }

  /** Refuses names that Jinja2 would not find, since it looks for them in no block. */
  void requireKnown(Expression expression) {
    expression.names(
        (name, set) -> {
          if (!knows(name)) {
            throw new TemplateFault("the name " + name + " in the filter of a block is not known");
          }
        });
  }

  void store(String name) {
    stores.add(name);
    if (!loads.containsKey(name)) {
      loads.put(name, isOuter(name) ? Load.OUTER : Load.UNDEFINED);
    }
  }

  void parameter(String name) {
    stores.add(name);
    loads.put(name, Load.PARAMETER);
  }

  void parameter(Target target) {
    target.names((name, set) -> parameter(name));
  }

  /** Takes over what the branches of an if do, of which one is run at most. */
  void merge(List<Symbols> branches) {
    Set<String> stored = new HashSet<>();
    branches.forEach(branch -> stored.addAll(branch.stores));
    stored.removeAll(stores);
    for (Symbols branch : branches) {
      loads.putAll(branch.loads);
      stores.addAll(branch.stores);
    }
    stored.forEach(name -> loads.put(name, isOuter(name) ? Load.OUTER : Load.GIVEN));
  }
}
