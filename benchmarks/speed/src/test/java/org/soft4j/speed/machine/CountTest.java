package org.soft4j.speed.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/** Operations and prefix trees against counts by hand. */
class CountTest {
  @TempDir Path folder;

  /** The micro model's own numbers, multiplied out one by one. */
  @Test
  void countsTheOperationsOfTheMicroModel() {
    Path micro = EmbeddedModels.unpack("micro-1", folder);
    try (ModelSource source = ModelFiles.open(micro)) {
      ModelShape shape = ModelShape.of(source.architecture());
      Operations count = new Operations(shape);
      long matrices = 0;
      long widths = 0;
      for (String name : source.weights().names()) {
        long[] size = source.weights().shape(name);
        if (size.length == 2 && name.contains("layers.")) {
          matrices += size[0] * size[1];
          widths += size[0] + size[1];
        }
      }
      assertEquals(matrices, count.layerWeights());
      assertEquals(widths, count.loraWidths());
      assertEquals((long) shape.vocabulary() * shape.hidden(), count.headWeights());
    }
  }

  /**
   * A prompt of 3 tokens in a model with one head of width 2 and one layer: the second position
   * sees two keys, each costing 2 x 2 operations for its score and 2 x 2 for its value.
   */
  @Test
  void countsAttentionKeyByKey() {
    Operations count = new Operations(tiny());
    double withoutAttention = count.forward(3, 0, 0);
    assertEquals(
        (1 + 2 + 3) * (2 * 2 + 2 * 2),
        count.forward(3, Operations.attended(3), 0) - withoutAttention);
    // q, k, v, o are 4 x 2 or 2 x 4; gate, up, down 4 x 3: 4 * 8 + 3 * 12 = 68 weights.
    assertEquals(2 * 68 * 3, withoutAttention);
    // One row of logits over 5 tokens.
    assertEquals(2 * 5 * 4, count.forward(0, 0, 1));
  }

  /** With one layer, all but k and v: q and o are 4 x 2, gate, up and down 4 x 3, 52 weights. */
  @Test
  void countsWhatKeysAndValuesDoNotNeed() {
    Operations count = new Operations(tiny());
    assertEquals(2 * 52 * 3, count.lastOutputs(3, 0));
    assertEquals((1 + 2 + 3) * (2 * 2 + 2 * 2), count.lastOutputs(0, Operations.attended(3)));
  }

  /** Forward, one pass back through frozen matrices, two through attention, three per adapter. */
  @Test
  void countsALoraStep() {
    Operations count = new Operations(tiny());
    // Adapters of rank 1: q, k, v, o have 4 + 2 widths, gate, up, down 4 + 3: 4 * 6 + 3 * 7 = 45.
    double byHand = 2 * (2 * 68 * 3) + 2 * (2 * 20) + 3 * (6 * 8) + 6 * 45 * 3;
    assertEquals(byHand, count.lora(3, Operations.attended(3), 1, 1));
  }

  /** Every matrix once in fp32, and keys and values (2 numbers each) of 10 positions. */
  @Test
  void countsTheBytesOfADecodingStep() {
    assertEquals((68 + 20) * 4 + 10 * (2 + 2) * 4, new Operations(tiny()).bytesPerStep(4, 4, 10));
  }

  /** "a b c" and "a b d e" share two tokens: five nodes, which see 1 + 2 + 3 + 3 + 4 keys. */
  @Test
  void countsAPrefixTree() {
    PrefixCount tree = PrefixCount.of(List.of(new int[] {1, 2, 3}, new int[] {1, 2, 4, 5}));
    assertEquals(new PrefixCount(5, 13, 7, 2), tree);
  }

  /** Random sequences, each prefix put into a set: the slow, obvious count. */
  @Test
  void countsRandomTreesAsASetOfPrefixesDoes() {
    Random random = new Random();
    for (int trial = 0; trial < 50; trial++) {
      List<int[]> sequences = new ArrayList<>();
      Set<String> prefixes = new HashSet<>();
      long attended = 0;
      for (int i = 0; i < 8; i++) {
        int[] sequence = random.ints(1 + random.nextInt(6), 0, 2).toArray();
        sequences.add(sequence);
        for (int length = 1; length <= sequence.length; length++) {
          attended += prefixes.add(Arrays.toString(Arrays.copyOf(sequence, length))) ? length : 0;
        }
      }
      PrefixCount tree = PrefixCount.of(sequences);
      assertEquals(prefixes.size(), tree.nodes());
      assertEquals(attended, tree.attended());
    }
  }

  /** One layer, hidden width 4, one head of width 2, feed-forward width 3, five tokens. */
  private static ModelShape tiny() {
    return new ModelShape(1, 4, 2, 2, 3, 5);
  }
}
