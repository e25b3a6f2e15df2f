package org.soft4j.eval.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the examples before a row come from.
 *
 * @param count num_fewshot
 * @param split they are drawn from; empty where samples stand in the file or there is none
 * @param samples rows that stand in the file
 * @param first whether the first ones are taken
 * @param others whether a row is never its own example
 * @param fields that replace the task's own for examples, process_docs among them
 */
record ShotPlan(
    int count,
    Optional<String> split,
    List<Row> samples,
    boolean first,
    boolean others,
    Map<String, YamlValue> fields) {
  private static final Set<String> FORM =
      Set.of(
          "doc_to_text",
          "doc_to_target",
          "doc_to_choice",
          "process_docs",
          "gen_prefix",
          "fewshot_delimiter",
          "target_delimiter");

  static ShotPlan read(Map<String, YamlValue> fields) {
    Map<String, YamlValue> own =
        new LinkedHashMap<>(
            Optional.ofNullable(fields.get("fewshot_config"))
                .map(YamlValue::fields)
                .orElse(Map.of()));
    own.values().removeIf(YamlValue::isNull);
    own.values().forEach(PythonCode::check);
    Set<String> known = new TreeSet<>(FORM);
    known.addAll(Set.of("sampler", "split", "samples"));
    Fields.refuseOthers(own, known);
    Optional<String> named =
        Optional.ofNullable(own.getOrDefault("split", fields.get("fewshot_split")))
            .map(YamlValue::text);
    List<Row> samples = named.isEmpty() ? samples(own) : List.of();
    Optional<String> test = Optional.ofNullable(fields.get("test_split")).map(YamlValue::text);
    Map<String, YamlValue> form = new LinkedHashMap<>(own);
    form.keySet().retainAll(FORM);
    return new ShotPlan(
        count(fields),
        samples.isEmpty() ? named.or(() -> preferred(fields)) : Optional.empty(),
        samples,
        first(own),
        // As the reference harness asks it, which holds also where neither is named.
        Objects.equals(named, test),
        form);
  }

  private static int count(Map<String, YamlValue> fields) {
    YamlValue count = fields.get("num_fewshot");
    if (count == null) {
      return 0;
    }
    if (count.whole() < 0 || count.whole() > 1000) {
      throw count.fault("is %s.".formatted(count.whole()), "Write 0 to 1000.");
    }
    return count.whole();
  }

  private static boolean first(Map<String, YamlValue> own) {
    YamlValue sampler = own.get("sampler");
    if (sampler == null || sampler.text().equals("default")) {
      return false;
    }
    if (!sampler.text().equals("first_n")) {
      throw sampler.fault(
          "\"%s\" is not supported.".formatted(sampler.text()), "Available: default, first_n.");
    }
    return true;
  }

  private static Optional<String> preferred(Map<String, YamlValue> fields) {
    return List.of("training_split", "validation_split", "test_split").stream()
        .filter(fields::containsKey)
        .findFirst()
        .map(name -> fields.get(name).text());
  }

  private static List<Row> samples(Map<String, YamlValue> own) {
    return Optional.ofNullable(own.get("samples"))
        .map(list -> list.list().stream().map(ShotPlan::sample).toList())
        .orElse(List.of());
  }

  private static Row sample(YamlValue value) {
    Map<String, Object> values = new LinkedHashMap<>();
    value.fields().forEach((name, field) -> values.put(name, field.plain()));
    return new Row(value.file(), value.node().getStartMark().getLine() + 1L, values);
  }
}
