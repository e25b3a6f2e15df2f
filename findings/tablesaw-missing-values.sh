#!/usr/bin/env bash
# Tablesaw 0.44.4: a missing value becomes a number, equals another missing value, and differs from 1.
# A good guess: missing stays missing; joins leave missing keys alone, as SQL does; a filter on a value leaves missing out.
# What happens: round() and roundInt() make it 0, a BooleanColumn as doubles -128; joinOn pairs rows whose keys are both missing;
# isNotEqualTo(1) selects it. And the standard deviation of one value is 0, not missing: error bars of single runs vanish.
# Seen on 2026-11-30 with OpenJDK 17:
#   tablesaw-core 0.44.4
#   missing in 1, -, 3: 1
#   rounded: [1.0, 0.0, 3.0]
#   truth as doubles: [1.0, -128.0]
#   rows that are not 1: 2
#   rows of a join on id: a and -, - and b: 1
#   deviation of one value: 0.0
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>findings</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>tech.tablesaw</groupId><artifactId>tablesaw-core</artifactId><version>0.44.4</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath -Dmdep.includeScope=runtime >/dev/null
cat > Finding.java <<'JAVA'
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class Finding {
  static void same(String what, Object seen, String expected) {
    System.out.println(what + ": " + seen);
    if (!String.valueOf(seen).equals(expected)) {
      System.out.println("changed; written down was: " + expected);
      System.exit(1);
    }
  }

  public static void main(String[] words) {
    DoubleColumn scores = DoubleColumn.create("score", 1.0, Double.NaN, 3.0);
    same("missing in 1, -, 3", scores.countMissing(), "1");
    same("rounded", scores.round().asList(), "[1.0, 0.0, 3.0]");
    BooleanColumn right = BooleanColumn.create("right", 2);
    right.set(0, true);
    same("truth as doubles", right.asDoubleColumn().asList(), "[1.0, -128.0]");
    same("rows that are not 1", scores.isNotEqualTo(1.0).size(), "2");
    Table left = Table.create("l", StringColumn.create("id", "a", ""), IntColumn.create("x", 1, 2));
    Table other = Table.create("r", StringColumn.create("id", "", "b"), IntColumn.create("y", 9, 8));
    same("rows of a join on id: a and -, - and b", left.joinOn("id").inner(other).rowCount(), "1");
    same("deviation of one value", DoubleColumn.create("one", 5.0).standardDeviation(), "0.0");
  }
}
JAVA
echo "tablesaw-core 0.44.4"
java -cp "$(cat classpath)" Finding.java 2>errors || { cat errors; exit 1; }
