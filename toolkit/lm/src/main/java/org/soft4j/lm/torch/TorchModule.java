package org.soft4j.lm.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * TorchScript methods, compiled by libtorch.
 *
 * <p>Tensors that outlive a call (weights, caches, adapters) are attributes, set by a method of the
 * module, so that a call passes only what changes. Calls are thread-safe as long as no method
 * writes attributes that another reads.
 */
public final class TorchModule implements AutoCloseable {
  private final PtSymbolBlock block;

  /**
   * Compiles methods.
   *
   * @param manager owner of the module
   * @param source the methods
   * @param attributes first values of what the source declares, all of it
   */
  public TorchModule(PtNDManager manager, TorchSource source, List<TorchAttribute> attributes) {
    byte[] archive = TorchArchive.pack(source, attributes);
    try {
      block = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Runs a method in inference mode: no gradients, and results that autograd refuses to save.
   *
   * @return a value that the caller closes; arguments stay the caller's too
   */
  public IValue run(String method, IValue... arguments) {
    // The executor's profiling costs two slow calls and gains nothing; the switch is per thread.
    JniUtils.setGraphExecutorOptimize(false);
    return IValueUtils.runMethod(block, method, arguments);
  }

  /** Runs a method in inference mode whose result, if any, does not matter. */
  public void call(String method, IValue... arguments) {
    run(method, arguments).close();
  }

  /**
   * Runs a method with autograd available; the current thread's grad mode holds.
   *
   * @param scope owner of the results, closed by the caller
   * @param tensors arguments, none of them a list
   */
  public NDList train(PtNDManager scope, String method, PtNDArray... tensors) {
    JniUtils.setGraphExecutorOptimize(false);
    // Results attach to the manager of the first array: the marker's, made in the scope.
    NDArray marker = scope.create(0);
    marker.setName("module_method:" + method);
    NDList inputs = new NDList(marker);
    inputs.addAll(List.of(tensors));
    return IValueUtils.forward(block, inputs, true);
  }

  @Override
  public void close() {
    block.close();
  }
}
