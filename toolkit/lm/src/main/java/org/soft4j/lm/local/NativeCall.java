package org.soft4j.lm.local;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.torch.TorchModule;

/** One call of a module's method: its arguments live in Java until the call has ended. */
final class NativeCall implements AutoCloseable {
  private final PtNDManager scope;
  private final List<IValue> arguments = new ArrayList<>();

  NativeCall(PtNDManager parent) {
    scope = (PtNDManager) parent.newSubManager();
  }

  NativeCall number(long value) {
    arguments.add(IValue.from(value));
    return this;
  }

  NativeCall numbers(long... values) {
    arguments.add(IValue.listFrom(values));
    return this;
  }

  NativeCall tensors(List<PtNDArray> values) {
    arguments.add(IValue.listFrom(values.toArray(PtNDArray[]::new)));
    return this;
  }

  NativeCall vector(long... values) {
    arguments.add(IValue.from((PtNDArray) scope.create(values, new Shape(values.length))));
    return this;
  }

  /** A matrix of whole numbers; all rows have {@code columns} entries. */
  NativeCall matrix(long[][] rows, int columns) {
    long[] flat = new long[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * columns, columns);
    }
    arguments.add(IValue.from((PtNDArray) scope.create(flat, new Shape(rows.length, columns))));
    return this;
  }

  /** A matrix in double precision. */
  NativeCall matrix(double[] flat, int rows, int columns) {
    arguments.add(IValue.from((PtNDArray) scope.create(flat, new Shape(rows, columns))));
    return this;
  }

  /** Runs the method for its effect. */
  void call(TorchModule module, String method) {
    module.call(method, arguments.toArray(IValue[]::new));
  }

  /** Runs the method and copies its tensor of doubles to Java. */
  double[] doubles(TorchModule module, String method) {
    try (IValue result = module.run(method, arguments.toArray(IValue[]::new));
        PtNDArray tensor = result.toTensor(scope)) {
      return tensor.getShape().size() == 0 ? new double[0] : tensor.toDoubleArray();
    }
  }

  @Override
  public void close() {
    arguments.forEach(IValue::close);
    scope.close();
  }
}
