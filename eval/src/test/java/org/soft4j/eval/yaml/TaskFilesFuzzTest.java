package org.soft4j.eval.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;
import org.soft4j.testing.FuzzEdits;

/** Any task file opens, asks and grades, or is refused. See docs/fuzzing.md. */
@Tag("slow")
class TaskFilesFuzzTest {
  private static final Shots PLAIN = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));
  private static final String FUNCTIONS = "functions/afrobench/afriqa/prompt_1/utils.py";
  private static final String DATA =
      """
      dataset_path: json
      dataset_kwargs: {data_files: {train: rows.jsonl, test: rows.jsonl}}
      test_split: test
      """;
  private static final List<String> SOUND =
      List.of(
          "task: t\n"
              + DATA
              + """
              output_type: multiple_choice
              doc_to_text: "{{question|upper}}\\nA. {{choices[0]}}"
              doc_to_choice: choices
              doc_to_target: label
              target_delimiter: " "
              num_fewshot: 1
              fewshot_split: train
              fewshot_config: {sampler: first_n, fewshot_delimiter: "\\n---\\n"}
              metric_list:
                - {metric: acc, aggregation: mean, higher_is_better: true}
                - metric: acc_norm
                - {metric: brier_score}
              metadata: {version: 1.0}
              """,
          "task: t\n"
              + DATA
              + """
              output_type: generate_until
              description: &d "Answer.\\n"
              doc_to_text: "{% for c in choices %}{{loop.index}} {{c}}\\n{% endfor %}{{question}}"
              doc_to_target: "{{choices[label]}}"
              generation_kwargs: {until: ["\\n", *d], max_gen_toks: 8, do_sample: true, temperature: 0.7}
              repeats: 3
              filter_list:
                - name: strict
                  filter:
                    - {function: regex, regex_pattern: "([a-z]+)", group_select: -1, fallback: none}
                    - {function: map, mapping_dict: {left: "1", right: b}, default_value: "0"}
                    - {function: majority_vote}
                    - {function: take_first}
                - name: loose
                  filter:
                    - {function: multi_choice_regex, regex_pattern: '(\\([A-Z]\\))', ignore_case: true}
                    - {function: lowercase}
                    - {function: take_first_k, k: 2}
                    - {function: take_first}
              metric_list: [{metric: exact_match, ignore_case: true, regexes_to_ignore: ["x+"]}]
              """,
          "task: t\n"
              + DATA
              + """
              output_type: loglikelihood_rolling
              doc_to_text: ""
              doc_to_target: "{{question.strip()}}"
              metric_list:
                - metric: word_perplexity
                - {metric: bits_per_byte, higher_is_better: false}
              """,
          "task: t\n"
              + DATA
              + """
              output_type: generate_until
              doc_to_text: question
              doc_to_target: "{{choices[0]}}"
              filter_list: [{name: f, filter: [{function: format_span}, {function: take_first}]}]
              metric_list: [{metric: f1, aggregation: !function utils.f1}, {metric: bleu}, {metric: ter}]
              """,
          "group: g\ntask:\n  - u\n  - {task: v, num_fewshot: 1}\n"
              + "aggregate_metric_list: [{metric: acc, weight_by_size: true}]\n");
  private static final List<String> WORDS =
      List.of(
          "{{",
          "}}",
          "{%",
          "%}",
          "{#",
          "|",
          "[",
          "]",
          "{",
          "}",
          ": ",
          "- ",
          "\n",
          "\n  ",
          "&a ",
          "*a",
          "*d",
          "<<: ",
          "!function utils.f",
          "!!python/name:os.system",
          "!!binary ",
          "? ",
          "~",
          "null",
          "true",
          "'",
          "\"",
          "\\",
          "(",
          ")",
          "+",
          "*",
          "{2,}",
          "(?i)",
          "(?P<n>",
          "-1",
          "0",
          "1e309",
          "99999999999",
          ".nan",
          "|-\n",
          ">\n",
          "%",
          "#",
          "---\n",
          "...",
          "include: t.yaml\n",
          "num_fewshot: 2\n",
          "doc_to_text",
          "output_type",
          "metric",
          "acc_mutual_info",
          "ter",
          "loglikelihood",
          "label",
          "choices",
          "question",
          "loop",
          "range(9)",
          "\t",
          "\u0000",
          "\ud83d\ude00",
          "process_results",
          "class",
          "task",
          "group",
          "tag: x\n");

  @TempDir Path folder;

  @Test
  void taskFiles() throws IOException {
    Files.writeString(
        folder.resolve("rows.jsonl"),
        """
        {"question": "Left or right?", "choices": ["left", "right"], "label": 0}
        {"question": "Up (or) down?", "choices": ["up", "down"], "label": 1}
        {"question": "In or out?", "choices": ["in", "out"], "label": 1}
        """);
    try (var in = TaskFilesFuzzTest.class.getResourceAsStream(FUNCTIONS)) {
      Files.copy(in, folder.resolve("utils.py"));
    }
    Files.writeString(folder.resolve("u.yaml"), SOUND.get(0).replace("task: t", "task: u"));
    Files.writeString(folder.resolve("v.yaml"), SOUND.get(2).replace("task: t", "task: v"));
    FuzzEdits.of(SOUND, WORDS)
        .hold(
            "task files",
            bytes -> {
              Path file = Files.write(folder.resolve("t.yaml"), bytes);
              YamlTasks.Chosen chosen = YamlTasks.of(Tasks.none()).choose(List.of(file.toString()));
              for (String name : chosen.names()) {
                Task task = chosen.tasks().open(name, new TaskOptions(Optional.empty(), Map.of()));
                asked(task.items().get(0));
              }
              return "opened";
            });
  }

  private static void asked(TaskItem item) {
    List<TaskRequest> requests;
    try {
      requests = item.requests(PLAIN);
    } catch (UserError refused) {
      return;
    }
    item.grade(requests.stream().map(TaskFilesFuzzTest::answer).toList());
  }

  private static TaskAnswer answer(TaskRequest request) {
    return request instanceof TaskRequest.Writing
        ? new TaskAnswer.Writing("the left (A) one #### 4, PER: Ada", 9, true)
        : new TaskAnswer.Likelihood(-request.toString().length() / 100.0, 1, true);
  }
}
