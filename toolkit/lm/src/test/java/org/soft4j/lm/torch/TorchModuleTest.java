package org.soft4j.lm.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchModuleTest {
  @Test
  void methodsUseAttributesAndArguments() {
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        TorchModule module = scaledProducts(manager)) {
      PtNDArray weight = (PtNDArray) manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      weight.setRequiresGradient(true);
      PtNDArray x = (PtNDArray) manager.create(new float[] {1, 10}, new Shape(1, 2));
      try (IValue list = IValue.listFrom(weight)) {
        module.call("set", list);
      }
      try (IValue in = IValue.from(x);
          IValue times = IValue.from(4L);
          IValue out = module.run("scaled", in, times);
          PtNDArray result = out.toTensor(manager)) {
        // [1 10] [[1 2] [3 4]] = [31 42], times 0.5, times 4
        assertArrayEquals(new float[] {62, 84}, result.toFloatArray());
      }
      JniUtils.setGradMode(true);
      try (PtNDManager scope = (PtNDManager) manager.newSubManager();
          NDList gradient = module.train(scope, "gradient", x)) {
        // d(sum of x W)/dW has x in every column
        assertArrayEquals(new float[] {1, 1, 10, 10}, gradient.head().toFloatArray());
        assertEquals(1, gradient.size());
      } finally {
        JniUtils.setGradMode(false);
      }
    }
  }

  // The engine has its own table of number formats, beside PyTorch's c10/core/ScalarType.h.
  @ParameterizedTest
  @ValueSource(strings = {"UINT8", "INT8", "INT32", "INT64", "FLOAT16", "FLOAT32", "FLOAT64"})
  void numberFormatsHaveLibtorchsNumbers(String name) {
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        TorchModule module = scaledProducts(manager);
        PtNDArray array = (PtNDArray) manager.zeros(new Shape(1), DataType.valueOf(name));
        IValue in = IValue.from(array);
        IValue out = module.run("dtype_of", in)) {
      assertEquals(ScalarType.valueOf(name).code(), out.toLong());
    }
  }

  @Test
  void attributesThatTheSourceDoesNotDeclareAreRefused() {
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch")) {
      TorchSource source = TorchSource.of("scaled_products");
      List<TorchAttribute> given = List.of(TorchAttribute.list("ws"));
      Exception refused =
          assertThrows(
              IllegalArgumentException.class, () -> new TorchModule(manager, source, given));
      assertEquals("The source declares [scale, ws], and [ws] are given.", refused.getMessage());
    }
  }

  private static TorchModule scaledProducts(PtNDManager manager) {
    return new TorchModule(
        manager,
        TorchSource.of("scaled_products"),
        List.of(TorchAttribute.list("ws"), TorchAttribute.of("scale", 0.5)));
  }
}
