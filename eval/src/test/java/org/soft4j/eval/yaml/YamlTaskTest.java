package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;
import org.soft4j.lm.tokenizer.ChatMessage;

class YamlTaskTest {
  private static final Shots PLAIN = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));

  private static final String MINE =
      """
      task: mine
      dataset_path: csv
      dataset_kwargs: {data_files: {test: rows.csv}}
      test_split: test
      output_type: multiple_choice
      doc_to_text: "{{question}}"
      doc_to_choice: [left, right]
      doc_to_target: label
      """;

  @TempDir Path folder;

  @Test
  void aCsvSetGivesWholeNumbersAndTexts() throws IOException {
    write("rows.csv", "question,label\n\"Where, then?\",1\nThere?,0\n");
    Task task = open(MINE);
    assertEquals(List.of("Where, then?", "There?"), task.questions());
    var answers = List.<TaskAnswer>of(log(-2), log(-1));
    // The second choice is the more likely one: right in the first row, wrong in the second.
    assertEquals(1.0, task.items().get(0).grade(answers).metrics().get("acc"));
    assertEquals(0.0, task.items().get(1).grade(answers).metrics().get("acc"));
  }

  /** lm-evaluation-harness 0.4.13 gives acc,strict and acc of this, and fails at a regex. */
  @Test
  void filtersOfChoicesNameTheMetrics() throws IOException {
    write("rows.csv", "question,label\n\"Where, then?\",1\nThere?,0\n");
    String filters =
        """
        filter_list:
          - {name: strict, filter: [{function: take_first}]}
          - {name: none, filter: [{function: take_first}]}
        metric_list: [{metric: acc}, {metric: f1}]
        """;
    Task task = open(MINE + filters);
    var grade = task.items().get(0).grade(List.<TaskAnswer>of(log(-2), log(-1)));
    assertEquals(Map.of("acc,strict", 1.0, "acc", 1.0), grade.metrics());
    assertEquals(Map.of("f1,strict", List.of(1, 1), "f1", List.of(1, 1)), grade.parts());
    assertEquals(
        List.of("acc,strict 0.5", "f1,strict NaN", "acc 0.5", "f1 NaN"),
        task.card().metrics().stream().map(m -> m.name() + " " + m.chance()).toList());
    UserError error =
        assertThrows(
            UserError.class,
            () -> open(MINE + filters.replaceFirst("take_first", "regex}, {function: take_first")));
    assertTrue(error.getMessage().contains("is a filter of written answers"), error.getMessage());
  }

  @Test
  void rowsMayStandInAJsonArray() throws IOException {
    write("rows.json", "[{\"question\": \"a\", \"label\": 1}, {\"question\": \"b\"}]");
    UserError error =
        assertThrows(UserError.class, () -> open(MINE.replace("rows.csv", "rows.json")));
    assertTrue(error.getMessage().contains("rows.json, row 2: doc_to_target gives None"));
  }

  @Test
  void aChatModelSeesTurnsAndNoDelimiter() throws IOException {
    write("rows.csv", "question,label\nWhere?,1\nThere?,0\n");
    Task task =
        open(
            MINE + "description: Say where.\nnum_fewshot: 1\nfewshot_config: {sampler: first_n}\n");
    ContextForm chat =
        ContextForm.chat(turns -> turns.stream().map(YamlTaskTest::turn).toList() + "");
    TaskRequest.Likelihood request =
        (TaskRequest.Likelihood) task.items().get(1).requests(new Shots(List.of(), chat)).get(0);
    // As the harness with --apply_chat_template: description, example, question; choices bare.
    assertEquals(
        "[system:Say where., user:Where?, assistant:right, user:There?]", request.context());
    assertEquals("left", request.continuation());
  }

  private static String turn(ChatMessage message) {
    return message.role() + ":" + message.content();
  }

  @Test
  void oneContextPerChoiceAsInWinogrande() throws IOException {
    write("rows.csv", "a,b,label,end\nThe cat _,The dog _,2,sat.\n");
    Task task =
        open(
            MINE.replace("\"{{question}}\"", "\"{{label - 1}}\"")
                .replace("[left, right]", "\"{{[a, b]}}\"")
                .replace("doc_to_target: label", "doc_to_target: end"));
    List<TaskRequest> requests = task.items().get(0).requests(PLAIN);
    assertEquals(new TaskRequest.Likelihood("The cat _", " sat."), requests.get(0));
    assertEquals(new TaskRequest.Likelihood("The dog _", " sat."), requests.get(1));
    assertEquals(1.0, task.items().get(0).grade(List.of(log(-2), log(-1))).metrics().get("acc"));
  }

  @Test
  void anAnswerIsBegunWithGenPrefix() throws IOException {
    write("rows.csv", "question,label\nWhere?,1\n");
    Task task = open(MINE + "gen_prefix: It is\n");
    // As the harness: prompt, delimiter, prefix; the delimiter again before the choice.
    assertEquals(
        new TaskRequest.Likelihood("Where? It is", " left"),
        task.items().get(0).requests(PLAIN).get(0));
  }

  @Test
  void tasksOfAFolderAreChosenByNameAndOthersDoNotStandInTheWay() throws IOException {
    write("sub/one.yaml", MINE);
    write("sub/rows.csv", "question,label\nWhere?,1\n");
    write("broken.yaml", "task: [");
    write("code.yaml", "task: code\nprocess_docs: !function utils.f\n");
    Tasks tasks = YamlTasks.including(Tasks.none(), folder).choose(List.of("*")).tasks();
    assertEquals(List.of("mine"), tasks.matching(List.of("mi*")));
    assertEquals(1, tasks.open("mine", TaskOptions.NONE).items().size());
    assertTrue(refusal(() -> tasks.open("code", TaskOptions.NONE)).contains("process_docs"));
    assertTrue(refusal(() -> tasks.open("broken", TaskOptions.NONE)).contains("broken.yaml, line"));
    assertTrue(refusal(() -> tasks.matching(List.of("mime"))).contains("Did you mean mine?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doc_to_txt: x          | doc_to_txt is no field of a task. Did you mean doc_to_text?",
        "metric_list: [{metric: rouge}] | metric_list.metric \"rouge\" is not supported.",
        "metric_list: [{metric: acc, aggregation: median}] | aggregation \"median\" is not",
        "metric_list: [{metric: !function m.f}] | metric_list.metric is Python code (!function m.f)",
        "repeats: 0             | repeats is 0",
        "num_fewshot: 99999999999999 | which is not a whole number",
        "output_type: loglikelihood_all | \"loglikelihood_all\" is not supported",
        "unsafe_code: true      | unsafe_code asks to run what a model writes",
        "task: ../../etc/passwd | task is \"../../etc/passwd\"",
        "task: [a, b]           | names no group",
        "test_split: ../../x    | has the split",
        "dataset_path: ../x     | dataset_path is a set of a hub",
        "fewshot_config: {sampler: balanced} | \"balanced\" is not supported",
      })
  void whatIsNotSupportedIsRefusedByFileLineAndField(String line, String message)
      throws IOException {
    write("rows.csv", "question,label\nWhere?,1\n");
    String field = line.substring(0, line.indexOf(':'));
    String others =
        MINE.lines().filter(l -> !l.startsWith(field + ":")).reduce("", (a, l) -> a + l + "\n");
    String said = refusal(() -> open(others + line + "\n"));
    assertTrue(said.contains("mine.yaml, line ") && said.contains(message), said);
  }

  static Stream<Arguments> hostile() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [ha, ha]\n");
    IntStream.range(1, 30)
        .forEach(i -> laughs.append("a%s: &a%s [*a%s, *a%s]\n".formatted(i, i, i - 1, i - 1)));
    return Stream.of(
        Arguments.of("billion laughs", laughs + MINE.replace("[left, right]", "*a29")),
        Arguments.of("a list that holds itself", MINE.replace("[left, right]", "&x [a, *x]")),
        Arguments.of("depth", MINE.replace("[left, right]", "[".repeat(5000) + "]".repeat(5000))),
        Arguments.of("size", MINE + "#" + "x".repeat(2_000_000)),
        Arguments.of("a Java object", MINE.replace("[left, right]", "!!java.io.File [/tmp]")),
        Arguments.of("a map without end", "? *x\n: &x {a: *x}\n"),
        Arguments.of("itself included", "include: mine.yaml\n" + MINE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void aHostileFileEndsSoonWithAnErrorForPeople(String what, String yaml) throws IOException {
    write("rows.csv", "question,label\nWhere?,1\n");
    write("mine.yaml", yaml);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            assertThrows(
                UserError.class,
                () -> YamlTask.read(folder.resolve("mine.yaml")).open(TaskOptions.NONE)));
  }

  @Test
  void aRegularExpressionThatNeverEndsIsEnded() throws IOException {
    write("rows.jsonl", "{\"question\": \"q\", \"answer\": \"a\"}\n");
    Task task =
        open(
            """
            task: slow
            dataset_path: json
            dataset_kwargs: {data_files: {test: rows.jsonl}}
            test_split: test
            doc_to_text: question
            doc_to_target: answer
            filter_list:
              - name: slow
                filter: [{function: regex, regex_pattern: "(a|aa)+\\\\1c$"}, {function: take_first}]
            """);
    TaskAnswer answer = new TaskAnswer.Writing("a".repeat(60) + "b", 1, true);
    String said =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> refusal(() -> task.items().get(0).grade(List.of(answer))));
    assertTrue(said.contains("takes too long"), said);
  }

  @Test
  void aSetOfAHubIsLookedForByClearNames() throws IOException {
    String hub =
        MINE.replace("dataset_path: csv", "dataset_path: some/set\ndataset_name: part")
            .replace("dataset_kwargs: {data_files: {test: rows.csv}}\n", "");
    UserError missing = assertThrows(UserError.class, () -> open(hub));
    assertTrue(missing.remedy().contains("some__set/part/test.jsonl, mine/test.jsonl, mine.jsonl"));
    for (String place : List.of("mine.csv", "mine/test.csv", "some__set/part/test.csv")) {
      write(place, "question,label\n" + place + "?,1\n");
      assertEquals(List.of(place + "?"), open(hub).questions()); // the later ones go first
    }
    write("elsewhere.csv", "question,label\nelse?,1\n");
    var options =
        new TaskOptions(
            Optional.of(folder), Map.of("mine.file", folder.resolve("elsewhere.csv").toString()));
    assertEquals(
        List.of("else?"), YamlTask.read(folder.resolve("mine.yaml")).open(options).questions());
  }

  private Task open(String yaml) throws IOException {
    write("mine.yaml", yaml);
    return YamlTask.read(folder.resolve("mine.yaml"))
        .open(new TaskOptions(Optional.of(folder), Map.of()));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String refusal(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(UserError.class, action).getMessage();
  }

  private static TaskAnswer log(double value) {
    return new TaskAnswer.Likelihood(value, 1, false);
  }
}
