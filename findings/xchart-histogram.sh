#!/usr/bin/env bash
# XChart 4.0.3: missing values are drawn as the smallest ones, and values outside the bounds are left out.
# A good guess: a histogram leaves NaN out, and what lies outside its bounds is refused or stands in the outer bars.
# What happens: each NaN counts in the first bin, so that answers without a score look like answers with the worst; values below
# the minimum or above the maximum are in no bar. Neither is told. All values equal: both bars stand on one place.
# Seen on 2026-11-30 with OpenJDK 17:
#   xchart 4.0.3
#   bars of 1, 2, 3, NaN, NaN: [3.0, 1.0, 1.0]
#   bars of 0, 1, 2, 3, 9 from 1 to 3: [1.0, 2.0]
#   middles of the bars of 5, 5: [5.0, 5.0]
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>findings</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.knowm.xchart</groupId><artifactId>xchart</artifactId><version>4.0.3</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath -Dmdep.includeScope=runtime >/dev/null
cat > Finding.java <<'JAVA'
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.Histogram;

class Finding {
  static void same(String what, Object seen, String expected) {
    System.out.println(what + ": " + seen);
    if (!String.valueOf(seen).equals(expected)) {
      System.out.println("changed; written down was: " + expected);
      System.exit(1);
    }
  }

  static List<Double> list(double... values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    return list;
  }

  public static void main(String[] words) {
    Histogram missing = new Histogram(list(1, 2, 3, Double.NaN, Double.NaN), 3, 1, 4);
    same("bars of 1, 2, 3, NaN, NaN", missing.getyAxisData(), "[3.0, 1.0, 1.0]");
    Histogram outside = new Histogram(list(0, 1, 2, 3, 9), 2, 1, 3);
    same("bars of 0, 1, 2, 3, 9 from 1 to 3", outside.getyAxisData(), "[1.0, 2.0]");
    Histogram equal = new Histogram(list(5, 5), 2);
    same("middles of the bars of 5, 5", equal.getxAxisData(), "[5.0, 5.0]");
  }
}
JAVA
echo "xchart 4.0.3"
java -cp "$(cat classpath)" Finding.java 2>errors || { cat errors; exit 1; }
