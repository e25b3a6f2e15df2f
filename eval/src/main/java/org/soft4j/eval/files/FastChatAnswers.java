package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;

/**
 * FastChat's model_answer/MODEL.jsonl, one file a model: {@code {question_id, answer_id, model_id,
 * choices: [{index, turns}], tstamp}}. The file's name is the model's, and the first choice counts
 * (FastChat, common.py, load_model_answers).
 */
public final class FastChatAnswers {
  private static final String ENDING = ".jsonl";
  private static final String FOLDER = "model_answer";
  private static final String QUESTIONS = "question.jsonl";
  // What FastChat's callers of services write when a service failed.
  private static final String FAILED = "$ERROR$";
  // A shortuuid has 22 characters; here they are drawn from the answer, so that equal runs agree.
  private static final int ID_LENGTH = 22;
  // Bytes; file systems take 255, and an ending follows.
  private static final int LONGEST = 200;

  private FastChatAnswers() {}

  /** Turns of one line, before the question is known. */
  private record Row(String id, List<String> turns) {}

  /** Reads one file, or all of a folder in order of their names. */
  public static List<Answer> read(Path fileOrFolder, Map<String, FastChatQuestion> questions) {
    List<Answer> answers = new ArrayList<>();
    for (Path file : files(fileOrFolder)) {
      Map<String, List<String>> turns = new HashMap<>();
      for (Row row : rows(file)) {
        // FastChat's loader takes the last of them without a word.
        if (turns.put(row.id, row.turns) != null) {
          throw new UserError(
              "%s answers question %s twice.".formatted(file, row.id),
              "Leave one of the two lines.");
        }
        if (!questions.containsKey(row.id)) {
          throw new UserError(
              "%s answers question %s, which is not among the %s questions."
                  .formatted(file, row.id, questions.size()),
              "Name the benchmark that was answered with --bench, or its file with --questions.");
        }
      }
      questions.values().stream()
          .filter(q -> turns.containsKey(q.id()))
          .map(q -> new Answer(q.id(), q.category(), q.turns(), turns.get(q.id()), model(file)))
          .forEach(answer -> answers.add(written(answer)));
    }
    return answers;
  }

  /** Reads reference answers by question; they have the same layout. */
  public static Map<String, List<String>> references(Path file) {
    Map<String, List<String>> references = new LinkedHashMap<>();
    rows(file).forEach(row -> references.put(row.id, row.turns));
    return references;
  }

  /** GPT-4's answers, which FastChat keeps beside its questions; none where they are absent. */
  public static Map<String, List<String>> referencesBeside(Path questions) {
    return Stream.of("reference_answer_gpt-4.jsonl", "reference_answer/gpt-4.jsonl")
        .map(questions::resolveSibling)
        .filter(Files::exists)
        .findFirst()
        .map(FastChatAnswers::references)
        .orElse(Map.of());
  }

  private static Answer written(Answer answer) {
    if (answer.answer().contains(FAILED)) {
      throw new UserError(
          "The answer of %s to question %s is %s: it was never written."
              .formatted(answer.model(), answer.id(), FAILED),
          "Let the model answer this question again.");
    }
    return answer;
  }

  private static List<Row> rows(Path file) {
    return FastChatLines.read(file, FastChatAnswers::row);
  }

  /** The model that a file's name names. */
  private static String model(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  private static Row row(FastChatLines.Line line) {
    return new Row(
        line.text("question_id"),
        line.texts(line.object().path("choices").path(0).path("turns"), "choices[0].turns"));
  }

  /** The answer files that a path names. */
  private static List<Path> files(Path fileOrFolder) {
    boolean folder = Files.isDirectory(fileOrFolder);
    List<Path> files = folder ? inside(fileOrFolder) : List.of(fileOrFolder);
    if (files.isEmpty() || !files.get(0).toString().endsWith(ENDING)) {
      throw new UserError(
          "%s %s no %s file.".formatted(fileOrFolder, folder ? "holds" : "is", ENDING),
          "FastChat's answers stand in model_answer/MODEL.jsonl.");
    }
    return files;
  }

  /** Those of the folder itself, or of the benchmark below it, as FastChat's folder data has it. */
  private static List<Path> inside(Path folder) {
    List<Path> own = FastChatLines.files(folder, ENDING);
    if (own.stream().anyMatch(file -> !QUESTIONS.equals(file.getFileName().toString()))) {
      return own;
    }
    List<Path> below = answered(folder);
    if (below.size() > 1) {
      throw new UserError(
          "%s holds the answers to %s benchmarks: %s."
              .formatted(
                  folder,
                  below.size(),
                  below.stream().map(path -> folder.relativize(path.getParent())).toList()),
          "Name one of them: --answers " + below.get(0).getParent());
    }
    return below.isEmpty() ? own : FastChatLines.files(below.get(0), ENDING);
  }

  private static List<Path> answered(Path folder) {
    if (Files.isDirectory(folder.resolve(FOLDER))) {
      return List.of(folder.resolve(FOLDER));
    }
    try (Stream<Path> benches = Files.list(folder)) {
      return benches
          .map(bench -> bench.resolve(FOLDER))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw FileFault.of(folder, failure);
    }
  }

  /** Ids of the questions that a file or folder answers. */
  public static List<String> ids(Path fileOrFolder) {
    return files(fileOrFolder).stream()
        .flatMap(file -> FastChatLines.read(file, line -> line.text("question_id")).stream())
        .distinct()
        .toList();
  }

  /** Writes a model's answers into a folder. */
  public static void write(Path folder, String model, List<Answer> answers) {
    List<ObjectNode> lines = answers.stream().map(answer -> line(model, written(answer))).toList();
    FastChatLines.write(folder.resolve(fileName(model) + ENDING), lines);
  }

  private static ObjectNode line(String model, Answer answer) {
    ObjectNode line = FastChatLines.object(answer.id());
    String digest = Sha256.of(List.of(model, answer.id(), "" + answer.answer()));
    line.put("answer_id", digest.substring(0, ID_LENGTH));
    line.put("model_id", model);
    line.putArray("choices")
        .addObject()
        .put("index", 0)
        .set("turns", FastChatLines.array(answer.answer()));
    return line.put("tstamp", 0.0);
  }

  /**
   * A model's name where it has to be a file's or a folder's. Its folders are joined by two
   * underscores, as lm-evaluation-harness joins them, but nothing stands in front: FastChat's glob
   * passes over names that begin with a dot. A very long name ends in its digest.
   */
  public static String fileName(String model) {
    String joined =
        Stream.of(model.split("[/\\\\]+"))
            .filter(part -> !part.isBlank() && !part.equals(".") && !part.equals(".."))
            .collect(Collectors.joining("__"));
    String safe =
        joined.replaceAll("[\"<>:|?*\\[\\]\\p{Cc}]+", "__").replaceFirst("^[.\\s]+", "").strip();
    if (safe.isEmpty()) {
      return "__";
    }
    if (safe.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return safe;
    }
    return safe.codePoints()
            .limit(LONGEST / 4 - ID_LENGTH)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        + "-"
        + Sha256.of(model).substring(0, ID_LENGTH - 1);
  }
}
