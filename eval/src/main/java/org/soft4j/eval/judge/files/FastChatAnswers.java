package org.soft4j.eval.judge.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.error.UserError;
import org.soft4j.eval.judge.JudgedAnswer;
import org.soft4j.eval.judge.References;
import org.soft4j.run.Provenance;
import org.soft4j.run.RunFolder;

/**
 * FastChat's model_answer/MODEL.jsonl, one file a model: {@code {question_id, answer_id, model_id,
 * choices: [{index, turns}], tstamp}}. The file's name is the model's, and the first choice counts
 * (FastChat, common.py, load_model_answers).
 */
public final class FastChatAnswers {
  private static final String ENDING = ".jsonl";
  // A shortuuid has 22 characters; here they are drawn from the answer, so that equal runs agree.
  private static final int ID_LENGTH = 22;

  private FastChatAnswers() {}

  /** Turns of one line, before the question is known. */
  private record Row(String id, List<String> turns) {}

  /** Reads one file, or all of a folder in order of their names. */
  public static List<JudgedAnswer> read(Path fileOrFolder, FastChatQuestions questions) {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (Path file : files(fileOrFolder)) {
      String name = file.getFileName().toString();
      String model = name.substring(0, name.length() - ENDING.length());
      Map<String, Row> rows = new LinkedHashMap<>();
      Lines.read(file, FastChatAnswers::row).forEach(row -> rows.put(row.id, row));
      rows.values().forEach(row -> known(row.id, questions, file));
      for (FastChatQuestions.Question question : questions.byId().values()) {
        Optional.ofNullable(rows.get(question.id()))
            .ifPresent(row -> answers.add(answer(question, row, model)));
      }
    }
    return answers;
  }

  /** Reads reference answers, which have the same layout. */
  public static References references(Path file) {
    Map<String, List<String>> references = new LinkedHashMap<>();
    Lines.read(file, FastChatAnswers::row).forEach(row -> references.put(row.id, row.turns));
    return new References(references);
  }

  private static JudgedAnswer answer(FastChatQuestions.Question question, Row row, String model) {
    return new JudgedAnswer(question.id(), question.category(), question.turns(), row.turns, model);
  }

  private static Row row(Lines.Line line) {
    return new Row(
        line.text("question_id"),
        line.texts(line.object().path("choices").path(0).path("turns"), "choices[0].turns"));
  }

  private static void known(String id, FastChatQuestions questions, Path file) {
    if (!questions.byId().containsKey(id)) {
      throw new UserError(
          "%s answers question %s, which is not among the %d questions."
              .formatted(file, id, questions.byId().size()),
          "Name the benchmark that was answered with --bench, or its file with --questions.");
    }
  }

  /** The answer files that a path names. */
  static List<Path> files(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      if (!fileOrFolder.getFileName().toString().endsWith(ENDING)) {
        throw new UserError(
            fileOrFolder + " is no " + ENDING + " file.",
            "FastChat's answers stand in model_answer/MODEL.jsonl.");
      }
      return List.of(fileOrFolder);
    }
    try (Stream<Path> inside = Files.list(fileOrFolder)) {
      List<Path> files = inside.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      if (files.isEmpty()) {
        throw new UserError(
            fileOrFolder + " holds no " + ENDING + " file.",
            "FastChat's answers stand in model_answer/MODEL.jsonl.");
      }
      return files;
    } catch (IOException e) {
      throw RunFolder.fault(fileOrFolder, e);
    }
  }

  /** Ids of the questions that a file or folder answers. */
  public static List<String> ids(Path fileOrFolder) {
    return files(fileOrFolder).stream()
        .flatMap(file -> Lines.read(file, line -> line.text("question_id")).stream())
        .distinct()
        .toList();
  }

  /** Writes model_answer files into a folder, one a model. */
  public static void write(Path folder, List<JudgedAnswer> answers) {
    Map<String, List<ObjectNode>> byModel = new LinkedHashMap<>();
    for (JudgedAnswer answer : answers) {
      byModel.computeIfAbsent(answer.model(), model -> new ArrayList<>()).add(line(answer));
    }
    byModel.forEach((model, lines) -> Lines.write(folder.resolve(fileName(model) + ENDING), lines));
  }

  /** A model's name where it has to be a file's, as lm-evaluation-harness writes it too. */
  public static String fileName(String model) {
    String safe = model.replaceAll("[\"<>:/|\\\\?*\\[\\]\\p{Cntrl}]+", "__");
    // An endpoint says its model's name, and "." and ".." would lead elsewhere.
    return safe.matches("\\.*") ? "__" : safe;
  }

  private static ObjectNode line(JudgedAnswer answer) {
    ObjectNode line = Lines.object();
    Lines.putId(line, answer.id());
    String digest = Provenance.digest(List.of(answer.model(), answer.id(), "" + answer.answer()));
    line.put("answer_id", digest.substring(0, ID_LENGTH));
    line.put("model_id", answer.model());
    line.putArray("choices").addObject().put("index", 0).set("turns", Lines.array(answer.answer()));
    line.put("tstamp", 0.0);
    return line;
  }
}
