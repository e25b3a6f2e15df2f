package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.lab.Lab;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.run.SoftSession;

/** The prompt template is the model's own by default, is named, and is refused where it is not. */
@Tag("slow")
class PromptTemplateTest {
  private static final String CHAT =
      "prompt template: chat, the model's own chat template; a turn ends before <|im_end|>";
  private static final String MICRO =
      "prompt template: micro, the turns of micro models, as this one is";
  private static final String ROUND =
      " --rounds 1 --limit 6 --shots 0 --seed 3 --tasks micro_truth,micro_answers"
          + " --set demonstrations.shots=0 --set training.epochs=1 --set filters.unfinished=false";

  @TempDir Path folder;

  private Path chat;

  @BeforeEach
  void make() throws IOException {
    chat = ChatModel.folder(folder, "chat", true);
    ChatModel.folder(folder, "bare", false);
    Files.writeString(
        folder.resolve("asked.jsonl"),
        "{\"prompt\": \"is it so ?\"}\n{\"prompt\": \"who are you ?\"}\n"
            + "{\"prompt\": \"what is it ?\"}\n{\"prompt\": \"where is it ?\"}\n");
  }

  private Shell typed(String command) {
    return Shell.run(LocalOpening::open, command.replace("@", folder.toString()).split(" "));
  }

  private Shell run(String command) {
    Shell shell = typed(command);
    assertEquals(0, shell.code(), shell.err());
    return shell;
  }

  /** The line as it stands among the first ones of a run. */
  private static String outlined(String line) {
    return line.replace("prompt template: ", "template    ");
  }

  private JsonNode json(String file) throws IOException {
    return Json.mapper().readTree(Files.readString(folder.resolve(file)));
  }

  /** The same tokens under another template: labels, training and scores are the same bytes. */
  @Test
  void aRunUnderAChatTemplateIsTheRunUnderTheSameTokens() throws IOException {
    Shell own = run("run micro --model @/chat --out @/own" + ROUND);
    assertTrue(own.err().contains(outlined(CHAT)), own.err());
    Shell micro = run("run micro --out @/micro" + ROUND);
    assertTrue(micro.err().contains(outlined(MICRO)), micro.err());
    for (String file :
        new String[] {
          "round-1/labels.jsonl",
          "round-1/adapter/adapter_model.safetensors",
          // Not scores: the micro benchmarks' own words end in <e>, which this model does not have.
          "round-0/validation.csv",
          "round-1/validation.csv"
        }) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("micro").resolve(file)),
          Files.readAllBytes(folder.resolve("own").resolve(file)),
          file);
    }
    JsonNode record = json("own/run.json");
    assertEquals(CHAT, record.path("sources").path("template_chosen").asText());
    assertEquals("auto", record.path("sources").path("template").asText());
    assertEquals(
        "<bos> <|im_start|> {prompt} <|im_sep|> {response}<|im_end|>",
        record.path("inputs").path("template").path("trained_on").asText());
    // Nothing has changed, so that nothing is refused.
    run("run --resume --out @/own");
    Files.writeString(chat.resolve("chat_template.jinja"), ChatModel.TEMPLATE + " ");
    Shell changed = typed("run --resume --out @/own");
    assertEquals(2, changed.code());
    assertTrue(changed.err().contains("chat_template_sha256 was"), changed.err());
  }

  @Test
  void labelAndTrainNameTheTemplateAndUseIt() throws IOException {
    String label = "label --prompts @/asked.jsonl --pool micro --set labelling.chunk=4 --out @/";
    Shell labelled = run(label + "labels --model @/chat");
    assertEquals(
        "settings: preset smollm2, as for all but the embedded models; another with --preset\n"
            + CHAT,
        labelled.err().lines().limit(2).reduce((a, b) -> a + "\n" + b).orElseThrow());
    Shell embedded = run(label + "embedded --model micro-1");
    assertTrue(
        embedded.err().contains("settings: preset micro, as for the embedded"), "" + embedded);
    assertTrue(embedded.err().contains(MICRO), embedded.err());
    Shell bare = run(label + "plain --model @/bare --set filters.unfinished=false");
    assertTrue(
        bare.err().contains("prompt template: plain, since the model has no chat template"),
        bare.err());
    Shell trained =
        run(
            "train --model @/chat --labels @/embedded/labels.jsonl --out @/trained"
                + " --set training.epochs=1");
    assertTrue(trained.err().contains(CHAT), trained.err());
  }

  @Test
  void aTemplateWhoseTokensTheModelLacksIsRefused() throws IOException {
    Shell refused =
        typed(
            "label --model @/chat --template micro --prompts @/asked.jsonl --pool micro --out @/no");
    assertEquals(2, refused.code());
    assertTrue(
        refused
            .err()
            .contains(
                "The template micro is not for chat, whose tokenizer does not read <q>, <a>, <e> as"
                    + " one token."),
        refused.err());
    assertFalse(Files.exists(folder.resolve("no/labels.jsonl")));
    Shell chatml = typed("run micro --template chatml --out @/no");
    assertEquals(2, chatml.code());
    assertTrue(chatml.err().contains("read <|im_start|>, <|im_end|> as one token"), chatml.err());
    Shell none = typed("run micro --template chat --out @/no");
    assertTrue(none.err().contains("micro-1 has no chat template"), none.err());
    Shell slip = typed("run micro --template plian --out @/no");
    assertTrue(slip.err().contains("\"plian\". Did you mean plain?"), slip.err());
  }

  /** docs/templates.md has the formats. */
  @Test
  void aTemplateMayBeAFile() throws IOException {
    ObjectNode patterns = (ObjectNode) Json.mapper().readTree(ContextTemplate.PLAIN.toJson());
    patterns.put("name", "mine").put("prompt", "<|user|> {prompt} :").remove("stop_strings");
    Files.writeString(folder.resolve("mine.json"), patterns.toString());
    String label = "label --model @/chat --prompts @/asked.jsonl --pool micro --out @/";
    Shell refused = typed(label + "no --template @/mine.json");
    assertTrue(refused.err().contains("does not read <|user|> as one token"), refused.err());
    patterns.putArray("control_tokens");
    Files.writeString(folder.resolve("mine.json"), patterns.toString());
    Shell mine = run(label + "mine --template @/mine.json --set filters.unfinished=false");
    assertTrue(mine.err().contains("prompt template: mine, as asked for\n"), mine.err());
    Files.writeString(folder.resolve("turns.jinja"), ChatModel.TEMPLATE);
    Shell jinja = run(label + "jinja --template @/turns.jinja");
    assertTrue(jinja.err().contains("prompt template: turns.jinja, as asked for"), jinja.err());
    Shell own = run(label + "own");
    assertTrue(own.err().contains(CHAT), own.err());
    assertEquals(
        Files.readString(folder.resolve("own/labels.jsonl")),
        Files.readString(folder.resolve("jinja/labels.jsonl")));
  }

  @Test
  void theFileOfThePageIsATemplate() throws IOException {
    String page = Files.readString(Path.of("../docs/templates.md"));
    int from = page.indexOf("```json\n") + "```json\n".length();
    String file = page.substring(from, page.indexOf("```", from));
    ContextTemplate template = ContextTemplate.fromJson(file, "instruct.json");
    assertEquals("### Instruction:\nHi\n\n### Response:\n", template.zeroShot("Hi"));
    assertEquals(java.util.List.of(), template.controlTokens());
  }

  /** Before, 0 of 4 labels were kept and nothing was said. */
  @Test
  void mostLabelsDroppedForOneReasonIsAWarning() throws IOException {
    String most = " --set labelling.max_new_tokens=1";
    Shell labelled =
        run("label --model micro-1 --prompts @/asked.jsonl --pool micro --out @/labels" + most);
    String warning =
        "warning: 4 of 4 labels were dropped as unfinished: the model did not end its answers"
            + " within labelling.max_new_tokens=1; allow more, or the prompt template (micro) may"
            + " not be the one that the model knows: see --template";
    assertTrue(labelled.err().contains(warning), labelled.err());
    Shell whole =
        typed("run micro --limit 2 --shots 0 --rounds 1 --tasks micro_truth --out @/run" + most);
    assertEquals(2, whole.code());
    assertTrue(whole.err().contains("Probably the model did not end"), whole.err());
    // Words that half of the answers have: some are kept, and the run goes on with a caveat.
    run(
        "run micro --limit 2 --shots 0 --rounds 1 --tasks micro_truth --set training.epochs=1"
            + " --set filters.min_words=12 --out @/short");
    String caveat = json("short/run.json").path("caveats").path(0).asText();
    assertTrue(
        caveat.matches("round 1: \\d+ of \\d+ labels were dropped as too_short: .*"), caveat);
    String page = Files.readString(folder.resolve("short/report.html"));
    assertTrue(page.contains(" Warning: "), "in the report");
  }

  @Test
  void evalNamesItsTemplateAndTakesAnother() throws IOException {
    String eval = "eval --model @/chat --limit 4 --tasks micro_answers --out @/";
    run(eval + "usual");
    run(eval + "other --template chat");
    assertFalse(json("usual/eval.json").path("settings").has("template"));
    assertEquals("chat", json("other/eval.json").path("settings").path("template").asText());
    assertFalse(
        Files.readString(folder.resolve("usual/micro_answers-0shot.jsonl"))
            .equals(Files.readString(folder.resolve("other/micro_answers-0shot.jsonl"))));
    run("export lm-eval @/other --out @/exported");
    Shell both = typed(eval + "both --template chat --apply-chat-template");
    assertTrue(both.err().contains("exclude each other"), both.err());
  }

  /** Folders of earlier versions name the template that their preset had, or only record it. */
  @Test
  void anOldRunGoesOnWithTheTemplateItWasBegunWith() throws IOException {
    run("run micro --out @/run" + ROUND);
    Path file = folder.resolve("run/run.json");
    ObjectNode old = (ObjectNode) json("run/run.json");
    ((ObjectNode) old.get("sources")).put("template", "micro").remove("template_chosen");
    Files.writeString(file, Json.pretty(old));
    Shell resumed = run("run --resume --out @/run");
    assertTrue(resumed.err().contains("template    micro, as asked for"), resumed.err());
    ((ObjectNode) old.get("sources")).remove("template");
    Files.writeString(file, Json.pretty(old));
    assertEquals("micro", SoftSession.like(file).plan().values().data().template());
    run("run --resume --out @/run");
  }

  @Test
  void aPresetsTemplateIsForItsModelAlone() {
    SoftSession preset = SoftSession.smollm2();
    assertEquals("chatml", template(preset));
    assertEquals("chatml", template(preset.model("smollm2-135m-instruct")));
    assertEquals("auto", template(preset.model("another")));
    assertEquals("plain", template(preset.template("plain").set("rounds", "3")));
    assertEquals("auto", template(SoftSession.micro()));
  }

  private static String template(SoftSession session) {
    return session.plan().values().data().template();
  }

  @Test
  void aLabSaysItsTemplateAndTakesAnother() {
    try (Lab lab = Lab.open(SoftSession.micro().model(chat.toString()).limit(2))) {
      assertEquals(CHAT, lab.template());
      String context = lab.set("demonstrations.shots", 1).context("is it so ?");
      assertTrue(
          context.matches(
              "(?s)<bos> <\\|im_start\\|> Answer the user's request.*harm someone\\.\n\n.*"
                  + " <\\|im_sep\\|> .* <\\|im_end\\|> <\\|im_start\\|> is it so \\? <\\|im_sep\\|>"),
          context);
      assertTrue(
          lab.template("plain").context("is it so ?").endsWith("User: is it so ?\nAssistant:"));
    }
  }
}
