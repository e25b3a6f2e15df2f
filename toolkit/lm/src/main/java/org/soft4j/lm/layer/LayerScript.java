package org.soft4j.lm.layer;

import java.util.List;
import java.util.stream.IntStream;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * What a family decides about a layer, in TorchScript: embedding, norms, rotation, activation,
 * window, final norm. Rows are tokens; x and h are [rows, hidden].
 *
 * <p>Whoever uses it adds the linear layers, with an adapter, packed, or plain:
 *
 * <pre>
 * widen(h, layer) -> (gate, up)    [rows, intermediate]; without a gate the first is not looked at
 * narrow(h, layer) -> x            [rows, hidden]
 * </pre>
 *
 * and attention: the projections into heads and out of them, and what lies between.
 */
public final class LayerScript {
  private LayerScript() {}

  /** What the text needs; {@code ws} and {@code windowed} are filled by {@code set_layers}. */
  public static List<TorchAttribute> attributes(Architecture shape) {
    return List.of(
        TorchAttribute.tensors("ws"),
        TorchAttribute.tensors("tables"),
        TorchAttribute.integers("windowed"),
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

  /** The methods, see {@link LayerLayout} for the numbers. */
  public static final String METHODS =
      """
      def set_layers(self: __torch__.M, ws: List[Tensor], windowed: List[int]) -> int:
        self.ws = ws
        self.windowed = windowed
        return 0
      def prepare(self: __torch__.M, length: int) -> int:
        # Sines and cosines of all positions below length; a longer table replaces a shorter one.
        if not self.rotary:
          return 0
        if len(self.tables) > 0 and self.tables[0].size(0) >= length:
          return 0
        size = 256
        while size < length:
          size = 2 * size
        rates = self.ws[2]
        angles = torch.outer(torch.arange(size, dtype=6, device=rates.device), rates)
        cos = torch.cos(angles)
        sin = torch.sin(angles)
        self.tables = [torch.cat([cos, cos], -1), torch.cat([-sin, sin], -1)]
        return size
      def norm(self: __torch__.M, x: Tensor, place: int) -> Tensor:
        if self.centred:
          return torch.layer_norm(x, [x.size(-1)], self.ws[place], self.ws[place + 1], self.epsilon)
        if x.dtype == 15:
          # In bf16 rms_norm copies everything to fp32 and back, which costs ten times the arithmetic.
          length = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
          return (x * self.ws[place]).mul_(torch.rsqrt(length * length / x.size(-1) + self.epsilon))
        return torch.rms_norm(x, [x.size(-1)], self.ws[place], self.epsilon)
      def embed(self: __torch__.M, ids: Tensor, positions: Tensor) -> Tensor:
        x = torch.embedding(self.ws[0], ids)
        if self.rotary:
          return x
        return x + torch.embedding(self.ws[1], positions)
      def angles(self: __torch__.M, positions: Tensor) -> Tuple[Tensor, Tensor]:
        if not self.rotary:
          return (positions, positions)
        # In bf16 as transformers does: turning in fp32 would cost more than the layer's attention.
        dtype = 15 if self.ws[0].dtype == 15 else 6
        cos = self.tables[0].index_select(0, positions).unsqueeze(1).to(dtype)
        return (cos, self.tables[1].index_select(0, positions).unsqueeze(1).to(dtype))
      def rotate(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        # x is [rows, heads, width]; the halves turn together. The first half of sin is negated.
        half = self.width // 2
        y = x if x.dtype == 15 else x.to(6)
        swapped = torch.cat([y[:, :, half:], y[:, :, :half]], -1)
        if x.dtype == 15:
          return torch.addcmul(y * cos, swapped, sin)
        return (y * cos + swapped * sin).to(x.dtype)
      def turned(self: __torch__.M, q: Tensor, k: Tensor, layer: int, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor]:
        # Query and key heads, normalised and turned where the family does so.
        start = 6 + 14 * layer
        if self.headnorms:
          q = torch.rms_norm(q, [self.width], self.ws[start + 4], self.epsilon)
          k = torch.rms_norm(k, [self.width], self.ws[start + 5], self.epsilon)
        if self.rotary:
          q = self.rotate(q, cos, sin)
          k = self.rotate(k, cos, sin)
        return (q, k)
      def feed(self: __torch__.M, x: Tensor, layer: int) -> Tensor:
        gate, up = self.widen(self.norm(x, 6 + 14 * layer + 8), layer)
        if self.gated:
          return x + self.narrow(torch.silu(gate) * up, layer)
        return x + self.narrow(torch.gelu(up, approximate="tanh"), layer)
      def far(self: __torch__.M, queries: Tensor, keys: Tensor) -> Tensor:
        # [queries, keys]: whether the key's position lies outside of the query's window.
        return queries.unsqueeze(1) - keys.unsqueeze(0) >= self.window
      """;
}
