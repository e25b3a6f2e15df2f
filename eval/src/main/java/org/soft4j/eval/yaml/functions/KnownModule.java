package org.soft4j.eval.yaml.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.soft4j.eval.metric.Aggregate;

/**
 * A Python module that has Java. It is known by the SHA-256 of its source: {@code modules.sha256}
 * lists the digests, each with the first file of the harness's folder of tasks that has it, so that
 * {@code sha256sum -c} checks them there.
 *
 * @param module its functions, by the module's path
 * @param beside a file that the module reads, relative to it; empty for none
 * @param besideDigest of that file
 */
record KnownModule(Function<Path, TaskModule> module, String beside, String besideDigest) {
  private static final Map<String, String> FILES = files();
  private static final String LLAMA = "llama3/instruct/mmlu_";

  static Optional<KnownModule> withDigest(String digest) {
    return Optional.ofNullable(FILES.get(digest)).map(KnownModule::at);
  }

  private static KnownModule at(String file) {
    return switch (file) {
      case "mmlu_prox/af/utils.py" ->
          reading(MmluPro::ofLanguage, "../lang_libs.py", "mmlu_prox/lang_libs.py");
      case "openai-mmmlu/default/utils.py" ->
          reading(path -> Subjects.mmmlu(), "../subjects.json", "openai-mmmlu/subjects.json");
      default -> new KnownModule(path -> alone(file), "", "");
    };
  }

  private static TaskModule alone(String file) {
    return switch (file) {
      case "hellaswag/utils.py" -> HellaSwag.MODULE;
      case "winogrande/preprocess_winogrande.py" -> WinoGrande.MODULE;
      case "truthfulqa/utils.py" -> TruthfulQa.MODULE;
      case "drop/utils.py" -> Drop.MODULE;
      case "bbh/zeroshot/utils.py" -> BigBenchHard.MODULE;
      case "race/preprocess_race.py" -> Race.MODULE;
      case "fda/task.py" -> Completion.module("FDA", "hazyresearch/based-fda", "\\n", 48);
      case "swde/task.py" -> Completion.module("SWDE", "hazyresearch/based-swde-v2", "\\n", 48);
      // Its class asks for 48 tokens of a line only where settings say nothing; they always do.
      case "squad_completion/task.py" ->
          Completion.module("SQUADCompletion", "hazyresearch/based-squad", "\\n\\n", 256);
      case "mmlu_pro/utils.py" -> MmluPro.module(10, false);
      case "mmlu-pro-plus/utils.py" -> MmluPro.module(16, true);
      case "llama3/instruct/mmlu_pro/utils.py" -> MmluPro.ofLlama();
      case "global_mmlu/full/am/utils.py" -> Subjects.mmlu();
      case "global_mmlu/default/ar/utils.py" -> Subjects.global();
      case "include/default/Albanian/utils.py" -> Subjects.regional();
      case "afrixnli/anli prompt/native-direct/utils.py" -> ClassScores.WEIGHTED;
      case "aradice/ArabicMMLU/EGY/metrics.py" -> ClassScores.ALL;
      case "afrobench/afriqa/prompt_1/utils.py" -> ClassScores.of("f1", Aggregate.WORD_F1);
      case "afrobench/masakhaner/prompt_1/utils.py" ->
          ClassScores.of("span_f1_agg", Aggregate.SPAN_F1);
      case "afrixnli/anli prompt/en-direct/utils.py" ->
          ClassScores.labelled("True", "Neither", "False");
      case "afrixnli/direct/prompt_5/utils.py" ->
          ClassScores.labelled("true", "false", "inconclusive");
      case "afrixnli/direct/prompt_1/utils.py",
          "afrixnli/direct/prompt_3/utils.py",
          "afrixnli/translate/prompt_3/utils.py" ->
          ClassScores.labelled("entailment", "neutral", "contradiction");
      case "gpqa/cot_n_shot/utils.py", "gpqa/zeroshot/utils.py", "gpqa/n_shot/utils.py" ->
          TaskModule.refused(
              "it shuffles choices anew at every call, by a state that depends on all that ran"
                  + " before");
      case "ifeval/utils.py" ->
          TaskModule.refused(
              "it checks five kinds of instructions by langdetect and nltk, which have no equal in"
                  + " Java, and scores of the prompts without these are no scores of ifeval");
      case "squadv2/task.py" ->
          TaskModule.refused(
              "its metrics are code that the harness loads from a hub (evaluate's squad_v2)");
      default -> Subjects.llama(file.substring(LLAMA.length(), file.indexOf("/utils.py")));
    };
  }

  private static KnownModule reading(
      Function<Path, TaskModule> module, String beside, String known) {
    return new KnownModule(
        module,
        beside,
        FILES.entrySet().stream()
            .filter(file -> file.getValue().equals(known))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow());
  }

  /** Files by digest. */
  private static Map<String, String> files() {
    try (InputStream in = KnownModule.class.getResourceAsStream("modules.sha256")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("  ", 2))
          .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
