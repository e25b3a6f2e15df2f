package org.soft4j.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;

class SetCatalogueTest {
  private final SetCatalogue catalogue = SetCatalogue.standard();

  @Test
  void everySetNamesItsAddressLicenceAndRows() {
    assertEquals(
        List.of(
            "truthfulqa",
            "truthfulqa_v1",
            "hhh_alignment",
            "vicuna_bench",
            "mt_bench",
            "alpaca_eval",
            "self_instruct_seed",
            "self_instruct_user",
            "hh_harmless",
            "gpteacher_roleplay"),
        catalogue.sets().stream().map(NamedSet::name).toList());
    for (NamedSet set : catalogue.sets()) {
      assertTrue(set.licence().matches("Apache-2.0|MIT|CC-BY-NC-4.0"), set.toString());
      for (SetFile file : set.files()) {
        assertEquals("https", file.address().getScheme(), file.toString());
        assertTrue(file.rows() > 0 && file.bytes() > 0, file.toString());
        assertTrue(file.sha256().orElse("0".repeat(64)).matches("[0-9a-f]{64}"), file.toString());
        assertTrue(
            file.address().getPath().matches(".*/[0-9a-f]{40}/.*"),
            "a revision that cannot change: " + file.address());
      }
    }
  }

  /** The set of 221 pairs: 58 + 59 + 61 + 43, as its card says. */
  @Test
  void unseenFilesAreCalledUnpinned() {
    NamedSet hhh = catalogue.named("hhh_alignment");
    assertTrue(!hhh.pinned());
    assertEquals(221, hhh.rows().stream().mapToInt(Integer::intValue).sum());
    assertTrue(catalogue.named("truthfulqa_v1").pinned());
    assertEquals(hhh, catalogue.named("HHH-alignment"));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    UserError error = assertThrows(UserError.class, () -> catalogue.named("thruthfulqa"));
    assertTrue(error.remedy().contains("truthfulqa_v1, hhh_alignment"), error.remedy());
  }

  @Test
  void aPlaceLeadsToTheSetThatBringsIt() {
    assertEquals(
        Optional.of("truthfulqa_v1"),
        catalogue.bringing("truthfulqa/v1/mc_task.json").map(NamedSet::name));
    assertEquals(Optional.of("hhh_alignment"), catalogue.bringing("hhh").map(NamedSet::name));
    assertEquals(Optional.empty(), catalogue.bringing("else"));
  }

  @Test
  void placesStayInTheFolder() {
    SetFile good = catalogue.named("truthfulqa").files().get(0);
    for (String place : List.of("../x", "a/../b", "/etc/x", "x", "a/.b", "a//b", "a\\b/c")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new SetFile(place, 1, good.address(), 1, Optional.empty(), Optional.empty()));
    }
  }

  /**
   * Copies that others brought: the pinned bytes are theirs, and the prompts that others made of
   * hh-rlhf and Self-Instruct are byte for byte what our conversion is pinned to.
   */
  @Test
  void theCataloguesDigestsAreThoseOfTheRealSets() {
    String data = System.getenv().getOrDefault("SOFT4J_DATA", "absent");
    assumeTrue(Files.isDirectory(Path.of(data, "truthfulqa")), "SOFT4J_DATA holds no real sets");
    SetFolder folder = new SetFolder(Path.of(data));
    for (String name :
        List.of(
            "truthfulqa",
            "truthfulqa_v1",
            "vicuna_bench",
            "mt_bench",
            "self_instruct_seed",
            "self_instruct_user",
            "hh_harmless")) {
      for (SetFolder.Check check : folder.verify(catalogue.named(name))) {
        assertEquals(SetFolder.Verdict.PINNED, check.verdict(), check.toString());
        assertTrue(check.allRows(), check.toString());
      }
    }
    for (SetFolder.Check check : folder.verify(catalogue.named("gpteacher_roleplay"))) {
      assertEquals(SetFolder.Verdict.UNKNOWN, check.verdict());
      assertTrue(check.allRows(), check.toString());
    }
  }

  @Test
  void theRowsOfEveryFormAreCounted() throws IOException {
    Path folder = Files.createTempDirectory("rows");
    Map<String, String> files =
        Map.of(
            "a.csv", "a,b\n1,\"x\ny\"\n2,z\n",
            "b.jsonl", "{\"a\":1}\n\n{\"a\":2}\n",
            "c.json", "[{\"a\":1},{\"a\":2}]",
            "d.json", "{\"examples\":[{\"a\":1},{\"a\":2}]}");
    for (var file : files.entrySet()) {
      Path path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
      assertEquals(2, SetRows.of(path).rows().size(), file.getKey());
    }
    Path broken = Files.writeString(folder.resolve("e.json"), "[{");
    assertThrows(UserError.class, () -> SetRows.of(broken));
  }

  @Test
  void twoColumnsOfOneNameAreRefusedAndAByteOrderMarkIsNoName(@TempDir Path files)
      throws IOException {
    Path twice = Files.writeString(files.resolve("twice.csv"), "q,a,q\n1,2,3\n");
    UserError refused = assertThrows(UserError.class, () -> SetRows.of(twice));
    assertTrue(refused.getMessage().contains("duplicate name: \"q\""), refused.getMessage());
    for (String name : List.of("marked.csv", "marked.jsonl", "marked.json")) {
      String row = name.endsWith("csv") ? "q,a\n1,2\n" : "{\"q\": \"1\", \"a\": \"2\"}";
      String text = name.endsWith("json") ? "[" + row + "]" : row;
      Path marked = Files.writeString(files.resolve(name), "\ufeff" + text);
      assertEquals("1", SetRows.of(marked).rows().get(0).path("q").asText(), name);
    }
  }
}
