#!/usr/bin/env bash
# Tablesaw 0.44.4: answers read from CSV become truth values, other numbers, or missing.
# A good guess: a column of choice letters is text; a number with a comma is text or is refused.
# What happens: a column of T, F, N or Y is BOOLEAN, so that T prints as true and both F and N as false; "2,5" is 25, "50%" is 0.5;
# ids 1d, 2f and 3D are the numbers 1, 2, 3 (Java's suffixes), 01 and 1 are one id; NA, null, NaN and * are missing. Naming the
# column types (columnTypes, columnTypesPartial) keeps the texts.
# Seen on 2026-11-30 with OpenJDK 17:
#   tablesaw-core 0.44.4
#   T F N: BOOLEAN [true, false, false]
#   Y N: BOOLEAN [true, false]
#   2,5 and 1,234: INTEGER [25, 1234]
#   50% and 1.5: DOUBLE [0.5, 1.5]
#   1d 2f 3D: DOUBLE [1, 2, 3]
#   01 1: INTEGER [1, 1]
#   NA null yes *: STRING [, , yes, ]
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
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

class Finding {
  static void same(String what, Object seen, String expected) {
    System.out.println(what + ": " + seen);
    if (!String.valueOf(seen).equals(expected)) {
      System.out.println("changed; written down was: " + expected);
      System.exit(1);
    }
  }

  static String read(String... cells) {
    String text = "x,y\n" + String.join(",a\n", cells) + ",b\n";
    Table table = Table.read().usingOptions(CsvReadOptions.builder(new StringReader(text)).build());
    List<String> shown = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      shown.add(table.column("x").getString(row));
    }
    return table.column("x").type() + " " + shown;
  }

  public static void main(String[] words) {
    same("T F N", read("T", "F", "N"), "BOOLEAN [true, false, false]");
    same("Y N", read("Y", "N"), "BOOLEAN [true, false]");
    same("2,5 and 1,234", read("\"2,5\"", "\"1,234\""), "INTEGER [25, 1234]");
    same("50% and 1.5", read("50%", "1.5"), "DOUBLE [0.5, 1.5]");
    same("1d 2f 3D", read("1d", "2f", "3D"), "DOUBLE [1, 2, 3]");
    same("01 1", read("01", "1"), "INTEGER [1, 1]");
    same("NA null yes *", read("NA", "null", "yes", "*"), "STRING [, , yes, ]");
  }
}
JAVA
echo "tablesaw-core 0.44.4"
java -cp "$(cat classpath)" Finding.java 2>errors || { cat errors; exit 1; }
