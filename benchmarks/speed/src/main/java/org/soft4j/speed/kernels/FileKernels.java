package org.soft4j.speed.kernels;

import java.nio.file.Path;
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
import org.soft4j.core.UserError;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/** What happens before and beside the matrices: dequantizing a GGUF's tensor, tokenizing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.offline=true")
public class FileKernels {
  private static final String SENTENCE = "The quick brown fox jumps over the lazy dog in 2026. ";

  /** A GGUF file: -p gguf=PATH, or SOFT4J_SMOLLM2. */
  @Param("")
  public String gguf;

  private ModelSource source;
  private String thousandWords;

  /** Opens the file. */
  @Setup(Level.Trial)
  public void open() {
    String file = gguf.isEmpty() ? System.getenv().getOrDefault("SOFT4J_SMOLLM2", "") : gguf;
    if (file.isEmpty()) {
      throw new UserError("No GGUF file is named.", "Give -p gguf=PATH, or set SOFT4J_SMOLLM2.");
    }
    source = ModelFiles.open(Path.of(file));
    thousandWords = SENTENCE.repeat(100);
  }

  /** Frees the tokenizer. */
  @TearDown(Level.Trial)
  public void close() {
    source.close();
  }

  /** 884,736 numbers (1536 x 576) from the file's own type to fp32. */
  @Benchmark
  public StoredTensor dequantizeGate() {
    return source.weights().read("model.layers.0.mlp.gate_proj.weight");
  }

  /** 5,300 characters. */
  @Benchmark
  public int[] tokenizeThousandWords() {
    return source.tokenizer().encode(thousandWords);
  }
}
