package org.soft4j.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.datasets.parquet.ParquetRows;

/** Spark and soft4j in one process, as in a notebook that uses both. */
class SparkClassPathTest {
  @TempDir private Path folder;

  @Test
  void sparkStartsBehindAllJarsOfSoft4jAndBothReadWhatIsTheirs() throws IOException {
    String path = System.getProperty("java.class.path");
    assertTrue(
        path.indexOf("parquet-hadoop") < path.indexOf("spark-core"),
        "soft4j's jars come first: " + path);
    Path file = folder.resolve("p.parquet");
    try (InputStream in = SparkClassPathTest.class.getResourceAsStream("snappy.parquet")) {
      Files.write(file, in.readAllBytes());
    }
    SparkConf conf =
        new SparkConf().setMaster("local[1]").setAppName("both").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      List<String> rows = new ArrayList<>();
      ParquetRows.read(file, Set.of("prompt"), (row, values) -> rows.add(values.get("prompt")));
      // Hadoop's own classes read the folder, and Spark's Scala module of Jackson its
      // configuration.
      Path texts = Files.writeString(folder.resolve("prompts.txt"), "one\ntwo\n");
      assertEquals(2, spark.textFile(texts.toUri().toString(), 1).count());
      assertEquals(rows, spark.parallelize(rows, 1).map(row -> row).collect());
      assertTrue(rows.size() > 1, "rows of the file: " + rows);
    }
  }
}
