package org.soft4j.lm.layer;

import java.util.Locale;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * Which file multiplies with a layer's matrices: {@code packed_products.py}, by oneDNN's kernels on
 * packed copies of the weights, or {@code plain_products.py}.
 */
public final class MatrixProducts {
  private MatrixProducts() {}

  /** Where the packed copies stand; the plain products have none. */
  public static TorchAttribute attribute() {
    return TorchAttribute.list("packs");
  }

  /** Whether oneDNN's kernels are there and fast. */
  public static boolean packed(boolean gpu) {
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    // libtorch carries oneDNN on x86; elsewhere its operators may be unknown to the compiler.
    return !gpu && (machine.equals("amd64") || machine.equals("x86_64"));
  }
}
