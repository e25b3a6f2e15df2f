package org.soft4j.cluster.executor;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** A step in which nothing is computed, by which the engine's own share of a step is measured. */
public final class GradientEcho implements Function<byte[], GradientFunction.Reply> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<byte[]> parameters;

  /** Sends as many bytes back as there are parameters. */
  public GradientEcho(Broadcast<byte[]> parameters) {
    this.parameters = parameters;
  }

  @Override
  public GradientFunction.Reply call(byte[] work) {
    return new GradientFunction.Reply("", "", parameters.value().clone());
  }
}
