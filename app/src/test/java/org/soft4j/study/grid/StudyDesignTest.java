package org.soft4j.study.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.UserError;
import org.soft4j.run.SoftSession;
import org.soft4j.study.grid.SharedRounds.Depth;

class StudyDesignTest {
  @TempDir Path folder;

  private static StudyDesign micro(String... vary) {
    return design(SoftSession.micro(), vary);
  }

  private static StudyDesign design(SoftSession session, String... vary) {
    return StudyDesign.of(session, List.of(vary).stream().map(Vary::parse).toList(), Map.of());
  }

  private static List<String> names(StudyDesign design) {
    return design.conditions().stream().map(StudyCondition::name).toList();
  }

  @Test
  void methodsAndValuesAreCrossedAndWhatIsTheSameRunIsOneCondition() {
    // A single round has no second one that could take its prompts again.
    assertEquals(
        List.of(
            "single",
            "single, fixed",
            "soft",
            "soft, reused",
            "soft, fixed",
            "soft, fixed, reused",
            "soft+",
            "soft+, reused",
            "soft+, fixed",
            "soft+, fixed, reused"),
        names(micro("demonstrations=random,fixed", "split=fresh,reused")));
  }

  @Test
  void anySettingOfARunMayVary() {
    StudyDesign design =
        design(
            StudyDesign.begin(SoftSession.micro()).set("study.methods", "soft"),
            "training.rank=4,8");
    assertEquals(List.of("soft", "soft, training.rank 8"), names(design));
    assertEquals(8, design.values(design.conditions().get(1)).soft().training().rank());
  }

  @Test
  void aValueInBracketsHoldsCommas() throws IOException {
    List<Vary.Value> typed = Vary.parse("training.target_modules=[q_proj,v_proj], o_proj").values();
    assertEquals(List.of("q_proj,v_proj", "o_proj"), typed.stream().map(Vary.Value::text).toList());
    String text = "study: micro\nvary: {training.target_modules: [[q_proj, v_proj], o_proj]}\n";
    StudyFile read = StudyFile.read(Files.writeString(folder.resolve("b.yaml"), text));
    assertEquals(typed, read.vary().get(0).values());
    StudyDesign design =
        StudyDesign.of(
            StudyDesign.begin(SoftSession.micro()).set("study.methods", "soft"),
            read.vary(),
            Map.of());
    assertEquals(List.of("soft", "soft, o proj"), names(design));
    assertEquals(
        List.of("q_proj", "v_proj"),
        design.values(design.conditions().get(0)).soft().training().targetModules());
  }

  @Test
  void aCellIsARunWithItsSeedItsRateAndAllItsRounds() {
    StudyDesign design = design(StudyDesign.begin(SoftSession.micro()).set("study.seeds", "2"));
    List<StudyCell> cells = design.cells(Map.of("single", 1e-3, "soft", 4e-3, "soft+", 2e-3));
    StudyCell last = cells.get(5);
    assertEquals("cells/soft+/seed-1", last.folder());
    var values = last.session().plan().values();
    assertEquals(1, values.soft().seed());
    assertEquals(4e-3, cells.get(1).session().plan().values().soft().training().learningRate());
    assertEquals(false, values.soft().validation().earlyStop());
    // What a cell computes does not depend on how many are at work.
    assertEquals(1, values.model().threads());
    assertTrue(
        cells
            .get(0)
            .session()
            .plan()
            .command()
            .startsWith("./soft4j run micro --set method=single"),
        cells.get(0).session().plan().command());
  }

  @Test
  void ratesAreTriedOnOtherSeedsAndNothingIsMeasuredThere() {
    StudyDesign design =
        design(StudyDesign.begin(SoftSession.micro()).set("study.methods", "soft"));
    // The preset's 0.002, half and twice as much, on two seeds.
    assertEquals(List.of(0.001, 0.002, 0.004), design.rates());
    assertEquals(6, design.tuning().size());
    assertEquals("tuning/soft/rate-0.001/seed-100", design.tuning().get(0).folder());
    assertEquals(List.of(), design.tuning().get(0).session().plan().values().data().tasks());
  }

  @Test
  void oneRateIsNoChoice() {
    assertEquals(
        List.of(),
        design(StudyDesign.begin(SoftSession.micro()).set("study.rates", "1e-3")).tuning());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demonstration.choice=random,fixed | Did you mean demonstrations.choice?",
        "demonstrations=random,fixt        | Did you mean fixed?",
        "training.rank=4                   | one value alone",
        "training.rank                     | not of the form",
        "method=soft,soft+                 | --vary does not take method",
        "seed=1,2                          | --vary does not take seed",
        "split=fresh,stale                 | it needs true or false",
        "data.tasks=[truthfulqa,hhh        | do not hold a value",
        "data.tasks=[truthfulqa]hhh,vicuna | do not hold a value",
      })
  void whatIsWrongIsToldWithWhatWasMeant(String vary, String told) {
    UserError error = assertThrows(UserError.class, () -> micro(vary.strip()));
    assertTrue(error.getMessage().contains(told), error.getMessage());
  }

  @Test
  void aFileNamesWhatIsComparedInYamlAndInJson() throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("a.yaml"),
            """
            study: micro
            seeds: 3
            methods: [single, soft]
            rounds: 2
            settings: {data: {limit: 30}, training.epochs: 1}
            vary:
              demonstrations: [random, fixed]
            conditions:
              soft again: {method: soft, split: reused}
            """);
    Path json =
        Files.writeString(
            folder.resolve("a.json"),
            """
            {"study": "micro", "seeds": 3, "methods": "single,soft", "rounds": 2,
             "settings": {"data.limit": 30, "training": {"epochs": 1}},
             "vary": {"demonstrations": ["random", "fixed"]},
             "conditions": {"soft again": {"method": "soft", "split": "reused"}}}
            """);
    StudyFile read = StudyFile.read(yaml);
    assertEquals(read, StudyFile.read(json));
    assertEquals("micro", read.begins());
    assertEquals("30", read.settings().get("data.limit"));
    assertEquals("3", read.settings().get("study.seeds"));
    SoftSession session =
        StudyDesign.begin(SoftSession.micro()).set("study.methods", "single,soft");
    assertEquals(
        List.of("single", "single, fixed", "soft", "soft, fixed", "soft again"),
        names(StudyDesign.of(session, read.vary(), read.conditions())));
  }

  @Test
  void conditionsAloneAreNotCrossedWithMethods() {
    StudyDesign design =
        StudyDesign.of(
            SoftSession.micro(), List.of(), Map.of("mine", Map.of("demonstrations.shots", "2")));
    assertEquals(List.of("mine"), names(design));
    assertEquals("soft+", design.conditions().get(0).method());
  }

  @Test
  void aWordOfAFileThatNoStudyHasIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "study: micro\nseed: 3\n");
    UserError error = assertThrows(UserError.class, () -> StudyFile.read(file));
    assertTrue(error.getMessage().contains("Did you mean seeds?"), error.getMessage());
  }

  /** An alias of an alias of an alias stands for more than a memory holds. */
  @Test
  void aFileIsBounded() throws IOException {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a%s: &a%1$s [%2$s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }
    Path file = Files.writeString(folder.resolve("a.yaml"), text + "study: micro\n");
    assertThrows(UserError.class, () -> StudyFile.read(file));
  }

  private static Depth shared(SoftSession one, SoftSession two) {
    StudyCondition any = new StudyCondition("any", Map.of("method", "soft"));
    return SharedRounds.depth(
        new StudyCell("one", any, 0, 1, one), new StudyCell("two", any, 0, 1, two));
  }

  @Test
  void aCellTakesFromAnotherOnlyWhatItWouldComputeTheSame() {
    SoftSession soft = SoftSession.micro().set("method", "soft");
    assertEquals(Depth.FIRST_ROUND, shared(soft, soft.set("split.reuse", "true")));
    assertEquals(Depth.BASE, shared(soft, soft.set("method", "soft+")));
    assertEquals(Depth.FIRST_LABELS, shared(soft, soft.set("training.learning_rate", "0.004")));
    assertEquals(Depth.BASE, shared(soft, soft.set("training.method", "full")));
    // Three rounds part the prompts otherwise than two.
    assertEquals(Depth.BASE, shared(soft, soft.rounds(2).set("split.reuse", "true")));
    assertEquals(Depth.NONE, shared(soft, soft.limit(3)));
    assertEquals(Depth.NONE, shared(soft, soft.set("model.dtype", "bfloat16")));
    assertEquals(Depth.NONE, shared(soft, soft.set("eval.texts_per_chunk", "3")));
    // The micro world's pool and validation are drawn by the seed.
    assertEquals(Depth.NONE, shared(soft, soft.seed(1)));
    SoftSession judged = soft.set("judge.model", "micro-2");
    assertEquals(Depth.NONE, shared(judged, judged.set("split.reuse", "true")));
  }

  @Test
  void withoutDrawnDemonstrationsTheBaseIsTheSameUnderEverySeed() {
    SoftSession real = SoftSession.smollm2();
    assertEquals(Depth.NONE, shared(real, real.seed(1)));
    SoftSession zeroShot = real.shots(List.of(0));
    assertEquals(Depth.BASE, shared(zeroShot, zeroShot.seed(1)));
    SoftSession held = zeroShot.set("data.validation_share", "0.2");
    assertEquals(Depth.NONE, shared(held, held.seed(1)));
  }
}
