package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The preset smollm2 measures vicuna without demonstrations and all else at 0, 1 and 3. Numbers
 * that are asked for hold for every benchmark; {@code run smollm2 --tasks vicuna --shots 3} once
 * measured at 0 all the same.
 */
class AskedShotsTest {
  @TempDir Path folder;

  @Test
  void whatIsAskedHoldsForEveryBenchmark() throws IOException {
    SoftSession preset = SoftSession.smollm2();
    assertEquals(List.of(0), preset.plan().values().data().shots("vicuna"));
    assertEquals(List.of(0), again(preset).plan().values().data().shots("vicuna"));
    SoftSession asked = preset.shots(List.of(3));
    assertEquals(List.of(3), asked.plan().values().data().shots("vicuna"));
    assertEquals(List.of(3), again(asked).plan().values().data().shots("vicuna"));
  }

  /** Runs that were begun by earlier versions end as they began. */
  @Test
  void aRunThatDoesNotSayItKeepsThePresets() throws IOException {
    Map<String, String> sources = SoftSession.smollm2().shots(List.of(3)).plan().sources();
    assertEquals("", sources.remove("shots_of"));
    assertEquals(List.of(0), recorded(sources).plan().values().data().shots("vicuna"));
  }

  private SoftSession again(SoftSession session) throws IOException {
    return recorded(session.plan().sources());
  }

  private SoftSession recorded(Map<String, String> sources) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode run = mapper.createObjectNode();
    run.putObject("settings");
    run.set("sources", mapper.valueToTree(sources));
    Path file = folder.resolve("run.json");
    Files.writeString(file, run.toString());
    return SoftSession.like(file);
  }
}
