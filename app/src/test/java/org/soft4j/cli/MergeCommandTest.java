package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.open.LocalOpening;

/**
 * What it writes is compared with peft and gguf in toolkit/lm and by tools/golden/check_merge.py.
 */
@Tag("slow")
class MergeCommandTest {
  @TempDir Path folder;

  private Shell merge(String... words) {
    List<String> command = new ArrayList<>(List.of("models", "merge"));
    command.addAll(List.of(words));
    return Shell.run(LocalOpening::open, command.toArray(String[]::new));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  /** An adapter of the micro model's queries, 128 by 128. */
  private String adapter(String base) {
    float[] a = new float[128];
    float[] b = new float[128];
    Arrays.fill(a, 0.25f);
    Arrays.fill(b, 0.5f);
    String name = "model.layers.1.self_attn.q_proj.weight";
    new PeftAdapter(Map.of(name, new LowRankDelta(1, 1, a, b)))
        .write(folder.resolve("adapter"), base);
    return at("adapter");
  }

  /** The adapter of a run names its base so that peft finds it, and so does merge. */
  @Test
  void anAdapterOfARunIsMergedIntoTheModelThatItNames() throws IOException {
    Shell run =
        Shell.run(
            LocalOpening::open,
            ("run micro --limit 2 --shots 0 --rounds 1 --tasks micro_truth --set training.epochs=1"
                    + " --out "
                    + at("run"))
                .split(" "));
    assertEquals(0, run.code(), run.err());
    Path adapter = folder.resolve("run/round-1/adapter");
    JsonNode config =
        JsonMapper.builder().build().readTree(adapter.resolve("adapter_config.json").toFile());
    Path base = Path.of(config.path("base_model_name_or_path").asText());
    assertTrue(base.isAbsolute() && Files.exists(base.resolve("config.json")), base.toString());
    Shell shell = merge("--adapter", adapter.toString(), "--dtype", "f32", "--out", at("merged"));
    assertEquals(0, shell.code(), shell.err());
    assertTrue(shell.out().contains("base     " + base), shell.out());
    assertFalse(shell.out().contains("rounding"), shell.out());
    String question = "{\"prompt\": \"<bos> <q> what color is the sky <a>\"}\n";
    Files.writeString(folder.resolve("in.jsonl"), question);
    assertEquals(
        generated("--model", "micro-1", "--adapter", adapter.toString()),
        generated("--model", at("merged")));
  }

  private String generated(String... model) throws IOException {
    List<String> command = new ArrayList<>(List.of("generate"));
    command.addAll(List.of(model));
    Path file = folder.resolve("out" + model.length + ".jsonl");
    command.addAll(List.of("--input", at("in.jsonl"), "--output", file.toString()));
    Shell shell = Shell.run(LocalOpening::open, command.toArray(String[]::new));
    assertEquals(0, shell.code(), shell.err());
    return Files.readString(file);
  }

  @Test
  void theBasesOwnFormatIsTheDefaultAndItsRoundingIsTold() {
    Shell shell = merge("--adapter", adapter("micro-1"), "--out", at("merged"));
    assertEquals(0, shell.code(), shell.err());
    assertTrue(shell.out().contains("(bf16, 1.3 MB)"), shell.out());
    assertTrue(shell.out().contains("rounding bf16 changes the merged weights by 0."), shell.out());
  }

  @Test
  void aFolderThatHoldsAnythingIsLeftAlone() throws IOException {
    Files.createDirectories(folder.resolve("merged"));
    Files.writeString(folder.resolve("merged/notes.txt"), "mine");
    Shell shell = merge("--adapter", adapter("micro-1"), "--out", at("merged"));
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("is not empty: it holds notes.txt"), shell.err());
    assertEquals(List.of("notes.txt"), List.of(folder.resolve("merged").toFile().list()));
    String again = at("twice");
    assertEquals(0, merge("--adapter", adapter("micro-1"), "--out", again).code());
    Shell second = merge("--adapter", adapter("micro-1"), "--out", again);
    assertTrue(second.err().contains("holds a model already (model.safetensors)"), second.err());
  }

  @Test
  void whatCannotBeMadeIsSaidWithWhatCan() {
    String adapter = adapter("elsewhere/of-another-machine");
    Shell absent = merge("--adapter", adapter, "--out", at("a"));
    assertTrue(absent.err().contains("which is not on this machine"), absent.err());
    assertTrue(absent.err().contains("--model"), absent.err());
    Shell eight = merge("--adapter", adapter, "--dtype", "q8_0", "--out", at("a"));
    assertTrue(eight.err().contains("Use --format gguf"), eight.err());
    Shell unknown = merge("--adapter", adapter, "--dtype", "q4", "--out", at("a"));
    assertTrue(unknown.err().contains("f32, bf16, f16, q8_0"), unknown.err());

    Shell words =
        merge("--adapter", adapter, "--model", "micro-1", "--format", "gguf", "--out", at("a"));
    assertEquals(2, words.code());
    assertTrue(words.err().contains("a GGUF file cannot hold it exactly"), words.err());
    assertFalse(Files.exists(folder.resolve("a")), "nothing is left");
  }

  /** The path of another machine ends with a name that is known here. */
  @Test
  void theEndOfAPathMayBeAKnownName() {
    Shell shell = merge("--adapter", adapter("/home/other/embedded/micro-1"), "--out", at("m"));
    assertEquals(0, shell.code(), shell.err());
    assertTrue(shell.out().contains("base     micro-1"), shell.out());
  }
}
