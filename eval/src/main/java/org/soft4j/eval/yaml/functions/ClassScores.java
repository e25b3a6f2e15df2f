package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.metric.Aggregate;

/**
 * Modules that aggregate right and chosen classes by scikit-learn's F1, or right and written texts
 * by one of their own; some name the classes of a row too.
 *
 * @param aggregations by the function's name
 * @param labels what doc_to_target makes of the column label; empty where the module has none
 */
record ClassScores(Map<String, Aggregate> aggregations, List<String> labels) implements TaskModule {
  private static final Map<String, Aggregate> WEIGHTED =
      Map.of("weighted_f1_score", Aggregate.WEIGHTED_F1);
  private static final Map<String, Aggregate> ALL =
      Map.of(
          "weighted_f1_score", Aggregate.WEIGHTED_F1,
          "macro_f1_score", Aggregate.MACRO_F1,
          "micro_f1_score", Aggregate.MICRO_F1);
  private static final List<String> LOGIC = List.of("entailment", "neutral", "contradiction");

  /** utils.py of afrixnli and afrobench, which hold lm_eval.utils.weighted_f1_score alone. */
  private static final String ALONE =
      "d0ebb65512d9f552ee9f17478ea3cba40d3c31fc785248ef4a6525fdf18d73be";

  /** metrics.py of aradice. */
  private static final String THREE =
      "47597e2fd7dfb2734b5b709dd66c81547d108e32262bada950536c60f84a0c44";

  /** utils.py of afrobench/afriqa, whose f1 is that of SQuAD's words. */
  private static final String WORDS =
      "60987189f3532e012676b80bd5965441fc9cd9492db48133aefcf06e26e10649";

  /** utils.py of afrobench/masakhaner, whose f1 is that of labelled spans. */
  private static final String SPANS =
      "289219763bb297fa5396c816a5ba412ddc0b9c502469ef927fd4aa49d2099c8b";

  /** utils.py of afrixnli, by what its doc_to_target says of a label. */
  private static final Map<String, List<String>> LABELLED =
      Map.of(
          "c1cfe92751ffca6e996433908d6fd81b44e61a6fd772365f59615da26927194f",
          List.of("True", "Neither", "False"),
          "5333bec1a17f37cf348522c35f09f277a484729752f0f5fa299b9e4b14fbca0e",
          List.of("true", "false", "inconclusive"),
          "82505ac03d1c56cbf95d7302fc488e3d37626403beb03955218e12ed1464e587",
          LOGIC,
          "da353b79ae670e9dfdabfb072ca091751216dfd7a13e696cb79ab7e8bb35f5b1",
          LOGIC,
          "e31e27913231afd0a270429d0089b06d16d684f1d34714e67a67888da770614e",
          LOGIC);

  static Optional<KnownModule> withDigest(String digest) {
    Optional<ClassScores> known =
        switch (digest) {
          case ALONE -> Optional.of(new ClassScores(WEIGHTED, List.of()));
          case THREE -> Optional.of(new ClassScores(ALL, List.of()));
          case WORDS -> Optional.of(new ClassScores(Map.of("f1", Aggregate.WORD_F1), List.of()));
          case SPANS ->
              Optional.of(new ClassScores(Map.of("span_f1_agg", Aggregate.SPAN_F1), List.of()));
          default ->
              Optional.ofNullable(LABELLED.get(digest))
                  .map(labels -> new ClassScores(WEIGHTED, labels));
        };
    return known.map(module -> new KnownModule(path -> module, Map.of()));
  }

  @Override
  public Optional<TaskFunction> function(String name) {
    if (name.equals("doc_to_target") && !labels.isEmpty()) {
      return Optional.of((TaskFunction.Value) this::label);
    }
    return Optional.ofNullable(aggregations.get(name))
        .map(aggregate -> (TaskFunction.Aggregation) () -> aggregate);
  }

  private String label(Map<String, Object> row) {
    Object label = Columns.any(row, "label");
    if (label instanceof Long at && at >= 0 && at < labels.size()) {
      return labels.get(at.intValue());
    }
    throw new IllegalArgumentException("\"label\" is %s, not 0 to 2".formatted(label));
  }
}
