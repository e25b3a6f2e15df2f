package org.soft4j.cluster;

import java.util.function.Consumer;
import org.soft4j.plugin.ClusterEngine;
import org.soft4j.plugin.Clusters;
import org.soft4j.plugin.ComputeCluster;
import org.soft4j.settings.ClusterSettings;

/** Apache Spark, where its jars are on the class path. */
public final class SparkEngine implements ClusterEngine {
  @Override
  public ComputeCluster cluster(ClusterSettings settings, Consumer<String> say) {
    try {
      Class.forName("org.apache.spark.SparkContext", false, getClass().getClassLoader());
    } catch (ClassNotFoundException absent) {
      throw Clusters.withoutSpark(settings.master());
    }
    return new SparkCluster(settings, say);
  }
}
