package org.soft4j.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.soft4j.core.UserError;
import tech.tablesaw.api.Table;

/** A study is read from its tables alone; they are written by hand here. */
class StudyFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void tables() throws IOException {
    write(
        "claims.csv",
        """
        claim,stands,benchmark,metric,shots,seeds,items,difference,low,high,p_holm,detectable
        Rounds beat the single round,supported,truth,mc1,0,2,40,0.12,0.05,0.19,0.004,0.1
        Rounds beat the single round,not decided at this size,hhh,mean,0,2,,-0.01,,,,
        """);
    // Under three demonstrations besides, which is passed over.
    write(
        "study.csv",
        """
        condition,seed,learning_rate,round,benchmark,shots,metric,value
        single,1,0.001,0,truth,0,mc1,0.2
        single,1,0.001,1,truth,0,mc1,0.5
        single,1,0.001,1,truth,3,mc1,0.9
        single,2,0.001,0,truth,0,mc1,0.2
        single,2,0.001,1,truth,0,mc1,0.6
        soft,1,0.001,0,truth,0,mc1,0.2
        soft,1,0.001,1,truth,0,mc1,0.4
        soft,1,0.001,2,truth,0,mc1,0.8
        soft,2,0.001,0,truth,0,mc1,0.2
        soft,2,0.001,1,truth,0,mc1,0.4
        soft,2,0.001,2,truth,0,mc1,0.7
        """);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private StudyFolder study() {
    return StudyFolder.open(folder.toString());
  }

  @Test
  void aScoreIsTheMeanOverTheSeedsOfTheFewestDemonstrations() {
    Table rows = study().scores("truth mc1");

    assertEquals(
        List.of("single", "single", "soft", "soft", "soft"),
        rows.stringColumn("condition").asList());
    assertEquals(List.of(0, 1, 0, 1, 2), rows.intColumn("round").asList());
    assertEquals(0.55, rows.doubleColumn("mean").get(1), 1e-12);
    assertEquals(0.7, rows.doubleColumn("lowest").get(4));
    assertEquals(0.8, rows.doubleColumn("highest").get(4));
    assertEquals(2, rows.intColumn("seeds").get(4));
  }

  @Test
  void aChartHasALineForEachConditionAndTheSeedsBehindIt() {
    XYChart chart = study().chart("truth mc1");

    // Two conditions, and two seeds behind each.
    assertEquals(6, chart.getSeriesCollection().size());
    assertArrayEquals(new double[] {0, 50, 100}, chart.getSeries("soft").getXData());
  }

  @Test
  void claimsAreAsTheStudyWroteThemAndWhatIsUnknownIsEmpty() {
    Table claims = study().claims();

    assertEquals(List.of("truth mc1", "hhh mean"), study().scores());
    assertEquals(List.of("truth mc1", "hhh mean"), claims.stringColumn("score").asList());
    assertEquals(0.12, claims.doubleColumn("difference").get(0));
    assertTrue(claims.doubleColumn("p_holm").isMissing(1));
    assertEquals(
        "study in %s: 2 conditions, 2 seeds; 1 supported, 1 not decided at this size"
            .formatted(folder),
        study().toString());
  }

  @Test
  void errorsOfLabelsAreSharesOverAllSeeds() throws IOException {
    write(
        "label_errors.csv",
        """
        condition,seed,learning_rate,round,type,kind,labels,judged,errors,kept
        soft,1,0.001,1,all,wrong,40,40,10,40
        soft,2,0.001,1,all,wrong,40,40,4,40
        soft,1,0.001,1,fact,wrong,20,20,9,20
        soft,1,0.001,1,all,copied,40,0,0,40
        """);
    Table errors = study().labelErrors();

    assertEquals(1, errors.rowCount());
    assertEquals("17.5", errors.stringColumn("wrong").get(0)); // 14 of 80
    assertEquals("45.0", study().labelErrors("fact").stringColumn("wrong").get(0));
  }

  @Test
  void whatIsMissingIsToldWithWhatToType() throws IOException {
    UserError score = assertThrows(UserError.class, () -> study().scores("truth mc2"));
    assertTrue(score.getMessage().contains("Did you mean"), score::getMessage);
    UserError page = assertThrows(UserError.class, () -> study().page());
    assertTrue(page.getMessage().endsWith("holds the tables of a study and no page."));

    Files.delete(folder.resolve("claims.csv"));
    UserError none = assertThrows(UserError.class, this::study);
    assertTrue(none.getMessage().endsWith("holds no finished study: there is no claims.csv."));
    assertTrue(none.remedy().contains("./soft4j study"), none::remedy);
  }
}
