package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.open.LocalOpening;

/**
 * A model with one infinite weight, of 639,000, computes NaN for everything. Every command that
 * asks it anything ends with its name, and leaves no number behind: an argmax over NaN begins, and
 * so ends, at the right answer of TruthfulQA.
 */
@Tag("slow")
class BrokenModelTest {
  private static final int BFLOAT16_INFINITY = 0x7F80;

  @TempDir Path folder;

  private Path model;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void breakAModel() throws IOException {
    model = EmbeddedModels.unpack("micro-1", folder);
    Path file = model.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong(0));
    JsonNode tensors =
        new ObjectMapper().readTree(new String(bytes.array(), 8, header, StandardCharsets.UTF_8));
    JsonNode norm = tensors.get("model.layers.1.input_layernorm.weight");
    assertEquals("BF16", norm.get("dtype").asText());
    int at = 8 + header + norm.get("data_offsets").get(0).asInt();
    bytes.putShort(at, (short) BFLOAT16_INFINITY);
    Files.write(file, bytes.array());
    chatTemplate();
  }

  /** A judge is asked in its chat format. */
  private void chatTemplate() throws IOException {
    Path file = model.resolve("tokenizer_config.json");
    ObjectNode config = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    config.put("chat_template", "{% for m in messages %}{{ m['content'] }}{% endfor %}");
    new ObjectMapper().writeValue(file.toFile(), config);
  }

  @Test
  void scoreRefusesIt() throws IOException {
    Path input = write("texts.jsonl", "{\"context\": \"<bos>\", \"continuation\": \"yes\"}\n");
    refuses("score", "--model", "" + model, "--input", "" + input, "--output", out("scores"));
  }

  @Test
  void generateRefusesIt() throws IOException {
    Path input = write("prompts.jsonl", "{\"prompt\": \"is it so ?\"}\n");
    refuses("generate", "--model", "" + model, "--input", "" + input, "--output", out("texts"));
  }

  @Test
  void evalRefusesItInsteadOfGivingItFullMarks() {
    refuses("eval", "--model", "" + model, "--tasks", "micro_truth", "--out", out("eval"));
  }

  @Test
  void labelRefusesIt() throws IOException {
    Path prompts =
        write("p.jsonl", "{\"id\": \"1\", \"type\": \"\", \"prompt\": \"is it so ?\"}\n");
    refuses(
        "label",
        "--model",
        "" + model,
        "--prompts",
        "" + prompts,
        "--pool",
        "micro",
        "--out",
        out("labels"));
  }

  @Test
  void trainRefusesItAndDoesNotBlameTheLearningRate() throws IOException {
    Path labels =
        write(
            "labels.jsonl",
            "{\"prompt_id\":\"1\",\"type\":\"\",\"prompt\":\"is it so ?\",\"demonstrations\":[],"
                + "\"response\":\"yes\",\"tokens\":2,\"finish\":\"stop_token\",\"perplexity\":1.5,"
                + "\"entropy\":0.5,\"seed\":1}\n");
    String said =
        refused("train", "--model", "" + model, "--labels", "" + labels, "--out", out("trained"));
    assertTrue(said.contains("before anything was learned: a weight of the model is"), said);
    assertFalse(Files.exists(folder.resolve("trained/adapter")), said);
  }

  @Test
  void aRunOfSoftAndOneOfSoftPlusRefuseIt() {
    for (String method : List.of("soft", "soft+")) {
      refuses(
          "run", "micro", "--model", "" + model, "--method", method, "--out", out("run-" + method));
    }
  }

  @Test
  void judgeRefusesItAsAJudge() throws IOException {
    Path data = Files.createDirectories(folder.resolve("judged/model_answer"));
    write(
        "judged/question.jsonl",
        "{\"question_id\": 1, \"category\": \"\", \"turns\": [\"Hi?\"]}\n");
    Files.writeString(
        data.resolve("m.jsonl"),
        "{\"question_id\": 1, \"answer_id\": \"a\", \"model_id\": \"m\","
            + " \"choices\": [{\"index\": 0, \"turns\": [\"Hi.\"]}], \"tstamp\": 0}\n");
    refuses(
        "judge",
        "--judge",
        "" + model,
        "--questions",
        "" + folder.resolve("judged/question.jsonl"),
        "--answers",
        "" + data,
        "--max-tokens",
        "8",
        "--out",
        out("judgements"));
  }

  private void refuses(String... arguments) {
    String said = refused(arguments);
    assertTrue(said.contains("micro-1 gives no number (NaN) for the "), said);
    assertTrue(said.contains("a weight of the model or of its adapter is infinite or NaN"), said);
  }

  private String refused(String... arguments) {
    int code =
        Main.commandLine(new Soft4j(LocalOpening::open, Progress.SILENT))
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    assertEquals(2, code, err.toString());
    leavesNoNumberThatIsNone();
    return err.toString();
  }

  private void leavesNoNumberThatIsNone() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.(jsonl?|csv)")).toList()) {
        String name = file.getFileName().toString();
        assertFalse(Files.readString(file).contains("NaN"), file::toString);
        assertFalse(name.equals("metrics.csv") || name.endsWith("shot.jsonl"), file::toString);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }
}
