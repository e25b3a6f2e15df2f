#!/usr/bin/env bash
# jinjava 2.8.3: constructs of Jinja2 that chat templates use give another text, without an error.
# A good guess: a template language called Jinja renders as Jinja2 3.1, or reports what it does not know.
# What happens: "for … if" runs over all items, "for … else" stays empty, a sign before a name is lost, {{- trims nothing before it,
# // and % of negative numbers round otherwise, first of a text is the text, default takes "" for missing nothing, true and dicts
# print in Java's way, '1' == 1. getErrors() is empty for all of them. Beside each: what Jinja2 3.1.6 gives.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>findings</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.hubspot.jinjava</groupId><artifactId>jinjava</artifactId><version>2.8.3</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath -Dmdep.includeScope=runtime >/dev/null
cat > Finding.java <<'JAVA'
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.RenderResult;
import java.util.Map;

class Finding {
  static void same(String what, Object seen, String expected) {
    System.out.println(what + ": " + seen);
    if (!String.valueOf(seen).equals(expected)) {
      System.out.println("changed; written down was: " + expected);
      System.exit(1);
    }
  }

  static void render(String template, String seen, String jinja2) {
    RenderResult result = new Jinjava().renderForResult(template, Map.of("x", 5));
    same(template + " (Jinja2: " + jinja2 + ")", result.getOutput(), seen);
    same("  errors", result.getErrors().size(), "0");
  }

  public static void main(String[] words) {
    render("{% for i in [1,2,3] if i > 1 %}{{ i }}{% endfor %}", "123", "23");
    render("{% for i in [] %}{{ i }}{% else %}none{% endfor %}", "", "none");
    render("{{ -x }}", "5", "-5");
    render("a {{- 'b' -}} c", "a b c", "abc");
    render("{{ -7 // 2 }} {{ -7 % 3 }}", "3 1", "-4 2");
    render("{{ 'abc'|first }}", "abc", "a");
    render("{{ true }} {{ none }}", "true ", "True None");
    render("{{ {'a': 1} }}", "{a=1}", "{'a': 1}");
    render("{{ '1' == 1 }}", "true", "False");
  }
}
JAVA
echo "jinjava 2.8.3"
java -cp "$(cat classpath)" Finding.java 2>errors || { cat errors; exit 1; }
