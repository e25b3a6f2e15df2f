package org.soft4j.speed.machine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.soft4j.core.UserError;
import org.soft4j.lm.torch.ScalarType;
import org.soft4j.lm.torch.TorchAttribute;
import org.soft4j.lm.torch.TorchModule;
import org.soft4j.lm.torch.TorchSource;

/**
 * Measures {@link Limits} in this process, on the threads the model uses. Everything is repeated
 * until it takes a quarter of a second, three times, and the best counts: a limit is what the
 * machine can do.
 */
public final class LimitMeter implements AutoCloseable {
  private static final int ROWS = 512;
  private static final int SQUARE = 2048;
  private static final double ENOUGH_SECONDS = 0.25;
  private static final int ATTEMPTS = 3;
  private static final int ELEMENTS = 1 << 26; // 256 MiB a tensor, far beyond any cache
  private static final int COLUMNS = 4096;

  private record Product(int rows, int inputs, int outputs, int count) {
    double operations() {
      return 2.0 * rows * inputs * outputs;
    }
  }

  private final PtNDManager manager;
  private final TorchModule module;

  /** Loads the engine. */
  public LimitMeter(int threads) {
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
    module =
        new TorchModule(
            manager,
            TorchSource.of("limits"),
            List.of(TorchAttribute.list("left"), TorchAttribute.list("right")));
  }

  /**
   * Measures all limits; takes some five seconds.
   *
   * @param shape the layer whose products are measured beside the square one
   * @param dtype {@code float32}, {@code bfloat16} or {@code int8}
   */
  public Limits measure(ModelShape shape, String dtype) {
    ScalarType type = type(dtype);
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("square", rate(List.of(new Product(SQUARE, SQUARE, SQUARE, 1)), type));
    rates.put("model", rate(layer(shape), type));
    try {
      call("fill", ELEMENTS);
      double read = seconds(n -> repeat(n, "read", COLUMNS), "read");
      double total = seconds(n -> repeat(n, "total"), "total");
      double triad = seconds(n -> repeat(n, "triad"), "triad");
      double bytes = 4.0 * ELEMENTS;
      return new Limits(rates, bytes / Math.min(read, total) / 1e9, 3 * bytes / triad / 1e9);
    } finally {
      call("forget");
    }
  }

  private static ScalarType type(String dtype) {
    return switch (dtype) {
      case "float32" -> ScalarType.FLOAT32;
      case "bfloat16" -> ScalarType.BFLOAT16;
      case "int8" -> ScalarType.INT8;
      default ->
          throw new UserError(
              "No matrix rate is known for the dtype \"" + dtype + "\".",
              "Use float32, bfloat16 or int8.");
    };
  }

  private static List<Product> layer(ModelShape shape) {
    return List.of(
        new Product(ROWS, shape.hidden(), shape.queries(), 1),
        new Product(ROWS, shape.hidden(), shape.keys(), 2),
        new Product(ROWS, shape.queries(), shape.hidden(), 1),
        new Product(ROWS, shape.hidden(), shape.intermediate(), 2),
        new Product(ROWS, shape.intermediate(), shape.hidden(), 1));
  }

  /** 10^9 operations a second of one product, x [rows, inputs] by w [outputs, inputs]. */
  double rate(int rows, int inputs, int outputs, String dtype) {
    return rate(List.of(new Product(rows, inputs, outputs, 1)), type(dtype));
  }

  /** Operations a second over products that follow one another, in 10^9. */
  private double rate(List<Product> products, ScalarType type) {
    String method = type == ScalarType.INT8 ? "small_products" : "products";
    double operations = 0;
    double seconds = 0;
    for (Product product : products) {
      call("prepare", product.rows, product.inputs, product.outputs, type.code());
      operations += product.count * product.operations();
      seconds += product.count * seconds(n -> call(method, n), method);
    }
    call("forget");
    return operations / seconds / 1e9;
  }

  private void repeat(int times, String method, int... arguments) {
    for (int i = 0; i < times; i++) {
      call(method, arguments);
    }
  }

  /**
   * Seconds of one repetition. What a call costs once (packing int8 weights, entering native code)
   * is taken off: the time of n + 1 repetitions less that of one.
   */
  private static double seconds(IntConsumer work, String name) {
    double once = best(work, 1);
    int times = 1;
    while (best(work, times + 1) - once < ENOUGH_SECONDS) {
      times *= 2;
      if (times > 1 << 24) {
        throw new IllegalStateException(name + " takes no time");
      }
    }
    return (best(work, times + 1) - once) / times;
  }

  private static double best(IntConsumer work, int times) {
    double best = Double.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long start = System.nanoTime();
      work.accept(times);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }

  private void call(String method, int... arguments) {
    IValue[] values =
        Arrays.stream(arguments).mapToObj(a -> IValue.from((long) a)).toArray(IValue[]::new);
    try {
      module.call(method, values);
    } finally {
      for (IValue value : values) {
        value.close();
      }
    }
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
