package org.soft4j.eval.yaml.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Functions that each leave the rows of one subject. */
final class Subjects {
  private static final List<String> PROFESSIONAL =
      named(
          """
          biology, business, chemistry, computer science, economics, engineering, health, history,
          law, math, other, philosophy, physics, psychology\
          """);

  private static final List<String> REGIONAL =
      named(
          """
          Applied Science, Arts & Humanities, Business & Commerce, Driving License,
          General knowledge, Health oriented education, Marine License, Medical License,
          Professional certification, STEM, Social Science\
          """);

  private static final List<String> GLOBAL =
      named("Business, Humanities, Medical, Other, STEM, Social Sciences");

  /** The 57 subjects of MMLU (Hendrycks et al. 2021), as its files name them. */
  private static final List<String> MMLU =
      named(
          """
          abstract_algebra, anatomy, astronomy, business_ethics, clinical_knowledge,
          college_biology, college_chemistry, college_computer_science, college_mathematics,
          college_medicine, college_physics, computer_security, conceptual_physics, econometrics,
          electrical_engineering, elementary_mathematics, formal_logic, global_facts,
          high_school_biology, high_school_chemistry, high_school_computer_science,
          high_school_european_history, high_school_geography,
          high_school_government_and_politics, high_school_macroeconomics,
          high_school_mathematics, high_school_microeconomics, high_school_physics,
          high_school_psychology, high_school_statistics, high_school_us_history,
          high_school_world_history, human_aging, human_sexuality, international_law,
          jurisprudence, logical_fallacies, machine_learning, management, marketing,
          medical_genetics, miscellaneous, moral_disputes, moral_scenarios, nutrition, philosophy,
          prehistory, professional_accounting, professional_law, professional_medicine,
          professional_psychology, public_relations, security_studies, sociology,
          us_foreign_policy, virology, world_religions\
          """);

  private Subjects() {}

  private static List<String> named(String subjects) {
    return List.of(subjects.split(",\\s+"));
  }

  /** The subjects of MMLU-Pro, in its column category, and further functions. */
  static TaskModule professional(Map<String, TaskFunction> further) {
    Map<String, TaskFunction> functions = new LinkedHashMap<>(further);
    functions.putAll(filters("category", PROFESSIONAL, subject -> subject));
    return TaskModule.of(functions);
  }

  /** The domains of INCLUDE. */
  static TaskModule regional() {
    return TaskModule.of(filters("domain", REGIONAL, subject -> subject));
  }

  /** The six categories of Global MMLU. */
  static TaskModule global() {
    return TaskModule.of(filters("subject_category", GLOBAL, subject -> subject));
  }

  /** Global MMLU, by the subjects of MMLU. */
  static TaskModule mmlu() {
    return TaskModule.of(filters("subject", MMLU, subject -> subject));
  }

  /** MMMLU, whose subjects may end in the name of the file they come from. */
  static TaskModule mmmlu() {
    return TaskModule.of(filters("Subject", MMLU, Subjects::withoutFile));
  }

  /** Llama 3's MMLU of one language, such as es. */
  static TaskModule llama(String language) {
    String prefix = "mmlu_%s_chat.".formatted(language);
    Map<String, TaskFunction> functions = new LinkedHashMap<>();
    MMLU.forEach(
        name ->
            functions.put(
                "process_docs_" + name, filter("subtask_name", prefix + name, text -> text)));
    return TaskModule.of(functions);
  }

  private static Map<String, TaskFunction> filters(
      String column, List<String> subjects, UnaryOperator<String> read) {
    Map<String, TaskFunction> functions = new LinkedHashMap<>();
    for (String subject : subjects) {
      String name = subject.toLowerCase(Locale.ROOT).replace(" & ", "_").replace(' ', '_');
      functions.put("process_" + name, filter(column, subject, read));
    }
    return functions;
  }

  private static TaskFunction.Documents filter(
      String column, String subject, UnaryOperator<String> read) {
    return row ->
        Columns.any(row, column) instanceof String text && read.apply(text).equals(subject)
            ? Optional.of(row)
            : Optional.empty();
  }

  private static String withoutFile(String subject) {
    for (String mark : List.of("_test.csv", "_test-")) {
      if (subject.contains(mark)) {
        return subject.substring(0, subject.indexOf(mark));
      }
    }
    return subject;
  }
}
