package org.soft4j.lm.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchModuleTest {
  private static final String METHODS =
      """
      def set(self: __torch__.M, ws: List[Tensor]) -> int:
        self.ws = ws
        return len(ws)
      def scaled(self: __torch__.M, x: Tensor, times: int) -> Tensor:
        return x @ self.ws[0] * self.scale * times
      def gradient(self: __torch__.M, x: Tensor) -> Tensor:
        y = (x @ self.ws[0]).sum()
        g = torch.autograd.grad([y], [self.ws[0]])[0]
        assert g is not None
        return g
      """;

  @Test
  void methodsUseAttributesAndArguments() {
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        TorchModule module =
            new TorchModule(
                manager,
                METHODS,
                List.of(TorchAttribute.tensors("ws"), TorchAttribute.of("scale", 0.5)))) {
      PtNDArray weight =
          (PtNDArray)
              manager.create(new float[] {1, 2, 3, 4}, new ai.djl.ndarray.types.Shape(2, 2));
      weight.setRequiresGradient(true);
      PtNDArray x =
          (PtNDArray) manager.create(new float[] {1, 10}, new ai.djl.ndarray.types.Shape(1, 2));
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
}
