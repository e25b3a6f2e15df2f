package org.soft4j.eval.yaml.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Functions that each leave the rows of one subject.
 *
 * @param column that holds the subject
 * @param subjects by the function's name
 * @param read what of the column's text is the subject
 */
record SubjectFilter(String column, Map<String, String> subjects, UnaryOperator<String> read)
    implements TaskModule {
  private static final List<String> PROFESSIONAL =
      List.of(
          "biology",
          "business",
          "chemistry",
          "computer science",
          "economics",
          "engineering",
          "health",
          "history",
          "law",
          "math",
          "other",
          "philosophy",
          "physics",
          "psychology");

  private static final List<String> REGIONAL =
      List.of(
          "Applied Science",
          "Arts & Humanities",
          "Business & Commerce",
          "Driving License",
          "General knowledge",
          "Health oriented education",
          "Marine License",
          "Medical License",
          "Professional certification",
          "STEM",
          "Social Science");

  private static final List<String> GLOBAL =
      List.of("Business", "Humanities", "Medical", "Other", "STEM", "Social Sciences");

  /** The subjects of MMLU-Pro, in its column category. */
  static SubjectFilter professional() {
    return named("category", "process_", PROFESSIONAL, subject -> subject);
  }

  /** The domains of INCLUDE. */
  static SubjectFilter regional() {
    return named("domain", "process_", REGIONAL, subject -> subject);
  }

  /** The six categories of Global MMLU. */
  static SubjectFilter global() {
    return named("subject_category", "process_", GLOBAL, subject -> subject);
  }

  /** The 57 subjects of MMLU. */
  static SubjectFilter mmlu(String column) {
    return named(column, "process_", MmluSubjects.ALL, subject -> subject);
  }

  /** MMMLU, whose subjects may end in the name of the file they come from. */
  static SubjectFilter mmmlu() {
    return named("Subject", "process_", MmluSubjects.ALL, SubjectFilter::withoutFile);
  }

  /** Llama 3's MMLU of one language, such as es. */
  static SubjectFilter llama(String language) {
    String prefix = "mmlu_%s_chat.".formatted(language);
    Map<String, String> subjects = new LinkedHashMap<>();
    MmluSubjects.ALL.forEach(name -> subjects.put("process_docs_" + name, prefix + name));
    return new SubjectFilter("subtask_name", subjects, subject -> subject);
  }

  private static SubjectFilter named(
      String column, String prefix, List<String> subjects, UnaryOperator<String> read) {
    Map<String, String> functions = new LinkedHashMap<>();
    subjects.forEach(subject -> functions.put(prefix + identifier(subject), subject));
    return new SubjectFilter(column, functions, read);
  }

  private static String identifier(String subject) {
    return subject.toLowerCase(Locale.ROOT).replace(" & ", "_").replace(' ', '_');
  }

  private static String withoutFile(String subject) {
    for (String mark : List.of("_test.csv", "_test-")) {
      if (subject.contains(mark)) {
        return subject.substring(0, subject.indexOf(mark));
      }
    }
    return subject;
  }

  @Override
  public Optional<TaskFunction> function(String name) {
    return Optional.ofNullable(subjects.get(name))
        .map(subject -> (TaskFunction.Documents) () -> row -> left(row, subject));
  }

  private Optional<Map<String, Object>> left(Map<String, Object> row, String subject) {
    Object value = Columns.any(row, column);
    return value instanceof String text && read.apply(text).equals(subject)
        ? Optional.of(row)
        : Optional.empty();
  }
}
