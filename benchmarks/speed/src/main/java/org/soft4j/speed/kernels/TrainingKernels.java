package org.soft4j.speed.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingStep;
import org.soft4j.speed.Recipe;

/** One layer's forward and backward pass with adapters, the head and the optimizer's step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.offline=true")
public class TrainingKernels {
  private static final int PROMPT = 480;
  private static final int LEARNED = 31;

  /** Number format of the frozen weights. */
  @Param({"float32", "bfloat16"})
  public String dtype;

  /** Layers; the difference of two and one is a layer without the head. */
  @Param({"1", "2"})
  public int layers;

  private GeneratedModel model;

  /** Writes and opens the model. */
  @Setup(Level.Trial)
  public void open() {
    model = new GeneratedModel(layers, dtype, 2);
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void close() {
    model.close();
  }

  /** A whole training of one step on 512 tokens, 32 of them learned; it writes its adapter. */
  @Benchmark
  public List<TrainingStep> step() {
    List<TrainingStep> steps = new ArrayList<>();
    model
        .model()
        .train(
            List.of(
                new TrainingExample(
                    model.text(PROMPT, 1), model.text(LEARNED + 1, 2).substring("<bos>".length()))),
            Recipe.settings(1e-4, 2048),
            new TrainingOutput(
                model.folder().resolve("adapter"), model.folder().resolve("checkpoint")),
            (index, step) -> steps.add(step),
            Cancellation.NEVER);
    return steps;
  }
}
