package org.soft4j.lm.layer;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.torch.TorchAttribute;

/** What {@code layers.py} needs to know of a model: the shape and the choices of its family. */
public final class LayerScript {
  private LayerScript() {}

  /** What the file declares; {@code ws} and {@code windowed} are filled by {@code set_layers}. */
  public static List<TorchAttribute> attributes(Architecture shape) {
    return List.of(
        TorchAttribute.list("ws"),
        TorchAttribute.list("tables"),
        TorchAttribute.list("windowed"),
        TorchAttribute.of("layers", shape.layers()),
        TorchAttribute.of("heads", shape.heads()),
        TorchAttribute.of("kvheads", shape.keyValueHeads()),
        TorchAttribute.of("width", shape.headDimension()),
        TorchAttribute.of("epsilon", shape.kind().norm().epsilon()),
        TorchAttribute.of("centred", shape.kind().norm().kind() == Norm.Kind.LAYER),
        TorchAttribute.of("rotary", shape.kind().positions() instanceof Positions.Rotary),
        TorchAttribute.of("headnorms", shape.kind().headNorms()),
        TorchAttribute.of("gated", shape.kind().feedForward().gated()),
        TorchAttribute.of("window", shape.kind().window().size()));
  }

  /** The second argument of {@code set_layers}: layer by layer, 1 where it has the window. */
  public static long[] windowed(Architecture shape) {
    return IntStream.range(0, shape.layers())
        .mapToLong(layer -> shape.kind().window().in(layer) ? 1 : 0)
        .toArray();
  }

  /** Rotary frequencies to stand in {@code ws}; none where positions are learned. */
  public static float[] frequencies(Architecture shape) {
    return shape.kind().positions() instanceof Positions.Rotary rotary
        ? rotary.frequencies(shape.headDimension())
        : new float[0];
  }

  /**
   * Whether layers multiply by oneDNN's kernels on packed copies of the weights ({@code
   * packed_products.py}), which are there and fast on x86; else by {@code plain_products.py}.
   */
  public static boolean packed(boolean gpu) {
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    // libtorch carries oneDNN on x86; elsewhere its operators may be unknown to the compiler.
    return !gpu && (machine.equals("amd64") || machine.equals("x86_64"));
  }

  /** Where the packed copies stand; the plain products have none. */
  public static TorchAttribute packs() {
    return TorchAttribute.list("packs");
  }
}
