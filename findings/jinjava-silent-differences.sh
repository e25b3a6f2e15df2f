#!/usr/bin/env bash
# jinjava 2.8.3: constructs of Jinja2 that chat templates use give another text, without an error.
# A good guess: a template language called Jinja renders as Jinja2 3.1, or reports what it does not know.
# What happens: the condition of "for … if" is asked once, of the whole list, before its name is known; "for … else" stays empty, a sign before a name is lost, {{- trims nothing before it,
# // and % of negative numbers round otherwise, first of a text is the text, true and dicts
# print in Java's way, '1' == 1. getErrors() is empty for all of them. Beside each: what Jinja2 3.1.6 gives.
# Seen on 2026-11-30 with OpenJDK 17:
#   jinjava 2.8.3
#   {% for i in [1,2,3] if i > 1 %}{{ i }}{% endfor %} (Jinja2: 23):
#     errors: 0
#   {% for x in [1,2,3] if x > 1 %}{{ x }}{% endfor %} (Jinja2: 23): 123
#     errors: 0
#   {% for i in [] %}{{ i }}{% else %}none{% endfor %} (Jinja2: none):
#     errors: 0
#   {{ -x }} (Jinja2: -5): 5
#     errors: 0
#   a {{- 'b' -}} c (Jinja2: abc): a b c
#     errors: 0
#   {{ -7 // 2 }} {{ -7 % 3 }} (Jinja2: -4 2): 3 1
#     errors: 0
#   {{ 'abc'|first }} (Jinja2: a): abc
#     errors: 0
#   {{ true }} {{ none }} (Jinja2: True None): true
#     errors: 0
#   {{ {'a': 1} }} (Jinja2: {'a': 1}): {a=1}
#     errors: 0
#   {{ '1' == 1 }} (Jinja2: False): true
#     errors: 0
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
    render("{% for i in [1,2,3] if i > 1 %}{{ i }}{% endfor %}", "", "23");
    render("{% for x in [1,2,3] if x > 1 %}{{ x }}{% endfor %}", "123", "23");
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
