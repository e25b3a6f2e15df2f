package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.Beginning;

/** How many sequences are continued together where memory for keys and values is bounded. */
class SlotsTest {
  private static final String MODEL = "llama-tied";
  private static final String HEADER = "The sun rises in the east. ".repeat(12);

  /** Keys and values of one position in fp32. */
  private static long bytesPerPosition() {
    try (ModelSource source = ModelFiles.open(Golden.ROOT.resolve(MODEL))) {
      int header = source.tokenizer().encode(HEADER).length;
      assertTrue(header > 64, "the header is longer than two slots: " + header);
      Architecture shape = source.architecture();
      return 2L * shape.layers() * shape.keyValueHeads() * shape.headDimension() * Float.BYTES;
    }
  }

  /** Native calls that continue eight sequences of one header; fewer where more go together. */
  private static int calls(long cacheBytes) {
    List<GenerationRequest> requests =
        IntStream.range(0, 8).mapToObj(i -> Golden.greedy(HEADER + i, 12)).toList();
    OpenSettings settings = new OpenSettings("cpu", "float32", 1, 0, 0, cacheBytes, Beginning.AUTO);
    AtomicInteger calls = new AtomicInteger();
    try (LocalModel model = Golden.open(MODEL, settings)) {
      model.generate(requests, (index, text) -> {}, () -> calls.incrementAndGet() < 0);
    }
    return calls.get();
  }

  @Test
  void whatAllSequencesShareTakesNoneOfTheirMemory() {
    long ownPositions = 32L * bytesPerPosition();
    int unbounded = calls(0);
    assertEquals(unbounded, calls(8 * ownPositions), "eight fit without the header");
    assertTrue(unbounded < calls(4 * ownPositions), "four at a time take longer");
  }
}
