#!/usr/bin/env bash
# commons-math3 3.6.1: exact tests give p above 1, and a tiny p for equal samples.
# A good guess: a test called exact gives the probability; equal pairs are no evidence.
# What happens: BinomialTest counts the middle twice: 5 of 10 has p 1.25, 1 of 2 has p 1.5. WilcoxonSignedRankTest with exactPValue
# gives 1.9e-6 for twenty pairs of equal values, since differences of 0 are ranked with a sign; scipy 1.17 calls the first 1.0 and
# warns of the second. ClopperPearsonInterval refuses 0 of 10, the interval it is known for.
# Seen on 2026-11-30 with OpenJDK 17:
#   commons-math3 3.6.1
#   p of 5 of 10: 1.246
#   p of 1 of 2: 1.5
#   p of twenty equal pairs: 1.91e-06
#   interval of 0 of 10: refused
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>findings</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.commons</groupId><artifactId>commons-math3</artifactId><version>3.6.1</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath -Dmdep.includeScope=runtime >/dev/null
cat > Finding.java <<'JAVA'
import org.apache.commons.math3.exception.NotStrictlyPositiveException;
import org.apache.commons.math3.stat.inference.AlternativeHypothesis;
import org.apache.commons.math3.stat.inference.BinomialTest;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;

class Finding {
  static void same(String what, Object seen, String expected) {
    System.out.println(what + ": " + seen);
    if (!String.valueOf(seen).equals(expected)) {
      System.out.println("changed; written down was: " + expected);
      System.exit(1);
    }
  }

  static double binomial(int trials, int successes) {
    return new BinomialTest().binomialTest(trials, successes, 0.5, AlternativeHypothesis.TWO_SIDED);
  }

  public static void main(String[] words) {
    same("p of 5 of 10", String.format("%.3f", binomial(10, 5)), "1.246");
    same("p of 1 of 2", binomial(2, 1), "1.5");
    double[] scores = new double[20];
    for (int i = 0; i < 20; i++) {
      scores[i] = i;
    }
    double p = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(scores, scores.clone(), true);
    same("p of twenty equal pairs", String.format("%.2e", p), "1.91e-06");
    try {
      new ClopperPearsonInterval().createInterval(10, 0, 0.95);
      same("interval of 0 of 10", "given", "refused");
    } catch (NotStrictlyPositiveException refused) {
      same("interval of 0 of 10", "refused", "refused");
    }
  }
}
JAVA
echo "commons-math3 3.6.1"
java -cp "$(cat classpath)" Finding.java 2>errors || { cat errors; exit 1; }
