package org.soft4j.speed.kernels;

import java.util.Collections;
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
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/**
 * The decoder's calls: a chunk of prefix-tree nodes, a step of many sequences, a slice of
 * vocabulary logits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.offline=true")
public class DecoderKernels {
  private static final int CHUNK = 512;
  private static final int STEPS = 16;
  private static final int SLICE = 256;

  /** Number format of the weights. */
  @Param({"float32", "bfloat16"})
  public String dtype;

  private GeneratedModel whole;
  private GeneratedModel layer;

  /** Writes and opens the models. */
  @Setup(Level.Trial)
  public void open() {
    whole = new GeneratedModel(30, dtype, 2);
    layer = new GeneratedModel(1, dtype, 2);
  }

  /** Frees the models. */
  @TearDown(Level.Trial)
  public void close() {
    whole.close();
    layer.close();
  }

  /** 512 nodes of a prefix tree through 30 layers, and one row of logits. */
  @Benchmark
  public List<Score> walkChunk() {
    return whole.model().score(List.of(new ScoreRequest(whole.text(CHUNK, 1), " <q>")));
  }

  /** 256 rows of vocabulary logits, and one layer. */
  @Benchmark
  public List<Score> scoreSlice() {
    return layer
        .model()
        .score(List.of(new ScoreRequest("<bos>", layer.text(SLICE, 2).substring(5))));
  }

  /** How many sequences are continued together. */
  @State(Scope.Benchmark)
  public static class Rows {
    /** Sequences. */
    @Param({"1", "8", "32"})
    public int rows;
  }

  /** Sixteen steps of as many sequences, and one prefix of 64 tokens that they share. */
  @Benchmark
  public List<Generation> sixteenSteps(Rows rows) {
    GenerationRequest request =
        new GenerationRequest(whole.text(64, 3), Sampling.GREEDY, STEPS, List.of(), 0);
    return whole.model().generate(Collections.nCopies(rows.rows, request));
  }
}
