package org.soft4j.plugin;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.settings.ClusterSettings;

/** The cluster that the settings name. One machine needs none, and no jar of one. */
public final class Clusters {
  private Clusters() {}

  /** The opener itself, or one whose models compute on the cluster that the settings name. */
  public static ModelOpener opener(
      ClusterSettings settings, ModelOpener local, Consumer<String> say) {
    return of(settings, say).map(cluster -> cluster.opener(local)).orElse(local);
  }

  /**
   * The cluster that the settings name; empty where they name none.
   *
   * @throws UserError where no engine for it is there
   */
  public static Optional<ComputeCluster> of(ClusterSettings settings, Consumer<String> say) {
    if (settings.master().isEmpty()) {
      return Optional.empty();
    }
    ClusterEngine engine =
        ServiceLoader.load(ClusterEngine.class)
            .findFirst()
            .orElseThrow(() -> withoutSpark(settings.master()));
    return Optional.of(engine.cluster(settings, say));
  }

  /** What is said where Spark's jars, or the jar that uses them, are not on the class path. */
  public static UserError withoutSpark(String master) {
    return new UserError(
        "--cluster %s needs Apache Spark, and its jars are not here.".formatted(master),
        "Type ./soft4j spark-jars, which fetches them once (its size and licence are shown first),"
            + " or set SPARK_HOME to a Spark 4.2 built for Scala 2.13.");
  }
}
