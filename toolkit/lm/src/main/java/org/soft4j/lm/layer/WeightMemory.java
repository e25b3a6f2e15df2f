package org.soft4j.lm.layer;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.soft4j.lm.torch.TorchModule;

/**
 * The memory of a model's tensors. Those that may be dropped lie side by side in large blocks,
 * since the C library gives only large blocks back to the system; a block is given back with the
 * last of its tensors.
 */
final class WeightMemory {
  /** Above the size from which the launcher lets the C library fetch memory anew. */
  private static final long BLOCK_BYTES = 64L << 20;

  /** Where kernels want a tensor to begin. */
  private static final int ALIGNED_BYTES = 64;

  private final PtNDManager owner;
  private final TorchModule script;
  private final List<Spot> spots = new ArrayList<>();
  private Optional<Block> filling = Optional.empty();

  /** Memory of several tensors. */
  private static final class Block {
    private long numbers;
    private final Set<Integer> held = new HashSet<>();
    private Optional<PtNDArray> memory = Optional.empty();
  }

  /** Where a tensor lies; numbers are counted in elements. */
  private record Spot(Block block, long begin, long[] shape) {}

  /**
   * Plans the memory of tensors, and fetches none.
   *
   * @param owner of the memory
   * @param script {@code weights.py}
   */
  WeightMemory(PtNDManager owner, TorchModule script) {
    this.owner = owner;
    this.script = script;
  }

  /**
   * Plans a further tensor.
   *
   * @param droppable whether it may share a block with others that are dropped
   */
  void plan(long[] shape, int bytesPerNumber, boolean droppable) {
    long numbers = 1;
    for (long extent : shape) {
      numbers *= extent;
    }
    Block block = droppable ? open(bytesPerNumber) : new Block();
    long aligned = ALIGNED_BYTES / bytesPerNumber;
    long begin = (block.numbers + aligned - 1) / aligned * aligned;
    block.numbers = begin + numbers;
    spots.add(new Spot(block, begin, shape));
    if (droppable) {
      filling = Optional.of(block);
    }
  }

  private Block open(int bytesPerNumber) {
    return filling
        .filter(block -> block.numbers * bytesPerNumber < BLOCK_BYTES)
        .orElseGet(Block::new);
  }

  /** A tensor of no elements, which {@link #fetch} gives memory. */
  PtNDArray tensor() {
    return made(0);
  }

  /** Gives a tensor the memory of a place, with whatever stood there. */
  void fetch(int place, PtNDArray tensor) {
    Spot spot = spots.get(place);
    if (spot.block.memory.isEmpty()) {
      spot.block.memory = Optional.of(made(spot.block.numbers));
    }
    spot.block.held.add(place);
    try (PtNDManager scope = (PtNDManager) owner.newSubManager();
        IValue target = IValue.from(tensor);
        IValue memory = IValue.from(spot.block.memory.get());
        IValue begin = IValue.from(spot.begin);
        IValue shape = IValue.from((PtNDArray) scope.create(spot.shape))) {
      script.call("fetch", target, memory, begin, shape);
    }
  }

  /** Takes a tensor's memory away: it has no elements from then on, wherever it is held. */
  void drop(int place, PtNDArray tensor) {
    try (IValue target = IValue.from(tensor)) {
      script.call("drop", target);
    }
    Block block = spots.get(place).block;
    block.held.remove(place);
    if (block.held.isEmpty()) {
      block.memory.ifPresent(PtNDArray::close);
      block.memory = Optional.empty();
    }
  }

  /** Not made in inference mode, so that training can save it for its backward pass. */
  private PtNDArray made(long numbers) {
    try (PtNDManager scope = (PtNDManager) owner.newSubManager()) {
      NDList result = script.train(scope, "make", (PtNDArray) scope.create(new long[] {numbers}));
      result.attach(owner);
      return (PtNDArray) result.head();
    }
  }
}
