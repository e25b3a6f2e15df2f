package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which nodes of a chunk are attended to together. */
class TreeChunkTest {
  /** A text of this many tokens after {@code start}, each a number seen nowhere else. */
  private static int[] text(int[] start, int tokens, int name) {
    return IntStream.concat(
            Arrays.stream(start), IntStream.range(0, tokens).map(i -> 1000 * name + i))
        .toArray();
  }

  private static TreeChunk after(TreeWalk walk, int[]... texts) {
    for (int[] text : texts) {
      for (int at = walk.share(text); at < text.length; at++) {
        walk.push(text[at]);
      }
    }
    return walk.take();
  }

  private static List<List<Long>> lists(List<long[]> groups) {
    return groups.stream().map(g -> Arrays.stream(g).boxed().toList()).toList();
  }

  @Test
  void aTextWithoutBranchesIsOneChain() {
    TreeChunk chunk = after(new TreeWalk(512), text(new int[0], 100, 1));
    assertEquals(List.of(List.of(0L, 100L, 0L, 1L)), lists(chunk.groups()));
  }

  // After a header of 10 cached tokens: 70 + 20 tokens, of which the first 30 are shared, and 80.
  @Test
  void subtreesOfAHeaderAreGroupsOfTheirOwn() {
    TreeWalk walk = new TreeWalk(512);
    int[] header = text(new int[0], 10, 1);
    after(walk, header);
    int[] question = text(header, 30, 2);
    TreeChunk chunk =
        after(walk, text(question, 40, 3), text(question, 20, 4), text(header, 80, 5));
    assertEquals(
        List.of(List.of(0L, 90L, 10L, 0L), List.of(90L, 170L, 10L, 1L)), lists(chunk.groups()));
  }

  // 30 + 30 + 30 tokens reach 64 with the third; the fourth text begins a group.
  @Test
  void smallSubtreesStandTogether() {
    TreeWalk walk = new TreeWalk(512);
    int[] header = text(new int[0], 10, 1);
    after(walk, header);
    TreeChunk chunk =
        after(
            walk,
            text(header, 30, 2),
            text(header, 30, 3),
            text(header, 30, 4),
            text(header, 30, 5));
    assertEquals(
        List.of(List.of(0L, 90L, 10L, 0L), List.of(90L, 120L, 10L, 1L)), lists(chunk.groups()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyAncestorOfANodeStandsOnTheSharedPathOrInItsGroup(long seed) {
    Random random = new Random(seed);
    TreeWalk walk = new TreeWalk(200);
    int[][] texts = new int[120][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = random.ints(1 + random.nextInt(40), 0, 3).toArray();
    }
    Arrays.sort(texts, Arrays::compare);
    Set<Integer> sizes = new HashSet<>();
    for (int[] text : texts) {
      for (int at = walk.share(text); at < text.length; at++) {
        if (walk.full()) {
          sizes.add(check(walk.take()));
        }
        walk.push(text[at]);
      }
    }
    sizes.add(check(walk.take()));
    assertTrue(sizes.stream().anyMatch(size -> size > 1), "some chunk has several groups");
  }

  /** Returns how many groups the chunk has. */
  private static int check(TreeChunk chunk) {
    List<long[]> groups = chunk.groups();
    long end = 0;
    for (long[] group : groups) {
      assertEquals(end, group[0]);
      end = group[1];
      for (int node = (int) group[0]; node < end; node++) {
        int descendant = node;
        long inside =
            IntStream.range((int) group[0], node)
                .filter(before -> chunk.plan()[2][before] > descendant)
                .count();
        // Depth counts the ancestors: those on the path and those in the group are all of them.
        assertEquals(chunk.plan()[1][node], group[2] + inside);
        assertEquals(chunk.plan()[3][node], group[2]);
      }
    }
    assertEquals(chunk.size(), end);
    return groups.size();
  }
}
