package org.soft4j.plugin;

import java.util.function.Consumer;
import org.soft4j.settings.ClusterSettings;

/** Starts clusters; a jar beside the program brings it, found through ServiceLoader. */
public interface ClusterEngine {
  /**
   * A cluster, which is reached for when the first work comes.
   *
   * @param settings whose master is not empty
   * @param say hears which executors there are
   * @throws org.soft4j.core.UserError where the engine's own jars are not there
   */
  ComputeCluster cluster(ClusterSettings settings, Consumer<String> say);
}
