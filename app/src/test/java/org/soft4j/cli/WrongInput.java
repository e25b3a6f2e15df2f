package org.soft4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.open.LocalOpening;

/** Makes the files that {@link WrongInputTest} gives to commands: models, adapters, rows. */
record WrongInput(Path folder) {
  /** Everything that the mistakes name. */
  void all() throws IOException {
    truncatedModel("truncated");
    configuredModel("misshapen", Map.of("intermediate_size", 353));
    configuredModel("foreign", Map.of("model_type", "mamba", "architectures", List.of("M")));
    foreignAdapter("adapter");
    text("cut.gguf", "GGUF\3\0\0\0");
    text("ok.jsonl", "{\"prompt\": \"hello\"}\n");
    text("comma.jsonl", "{\"prompt\": \"a\"}\n{\"prompt\": \"b\",}\n");
    text("mute.jsonl", "{\"context\": \"a\", \"continuation\": \"\"}\n");
    text("fine.jsonl", "{\"context\": \"a\", \"continuation\": \" hello\"}\n");
    text("ragged.csv", "id,prompt,response\n1,a,b\n2,c\n");
    text("halved.csv", "id,prompt,response\n1,a,b\n2,c,\n");
    text("quote.csv", "id,prompt\n1,\"a\n");
    String row = "{\"prompt\": \"a\", \"context\": \"a\", \"continuation\": \"%s\"}\n";
    latin1("latin.jsonl", row.formatted("b") + row.formatted("é"));
    text("empty.jsonl", "\n");
    text("twice.jsonl", "{\"id\": 1, \"prompt\": \"a\"}\n{\"id\": 1, \"prompt\": \"b\"}\n");
    prompts("two.jsonl", 2);
    text("odd.json", "{\"settings\": {\"training\": {\"rnak\": 4}}}");
    text("no.json", "{");
    text("base.json", "[{\"instruction\": \"i\", \"output\": \"o\", \"generator\": \"g\"}]");
    text("other.json", "[{\"instruction\": \"i\", \"output\": \"p\", \"generator\": \"h\"}]");
    run("made", 2);
    evaluation("answered");
    evaluation("changed", "\"limit\" : \"2\"", "\"limit\" : \"3\"");
    evaluation("damaged");
    text("damaged/micro_truth-0shot.jsonl", "{\"item\": 1\n");
    evaluation("another", "\"options.micro.world\" : \"2\"", "\"options.micro.world\" : \"1\"");
  }

  /** A copy of the embedded model, to be damaged. */
  Path model(String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(LocalOpening.resolve("micro-1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  /** A model whose weights end early, as after a broken copy. */
  void truncatedModel(String name) throws IOException {
    Path weights = model(name).resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
  }

  /** A model whose config.json says something else than its weights. */
  void configuredModel(String name, Map<String, Object> changes) throws IOException {
    Path config = model(name).resolve("config.json");
    ObjectNode json = Json.read(Files.readString(config), ObjectNode.class, "config.json");
    changes.forEach(json::putPOJO);
    Files.writeString(config, json.toString());
  }

  /** An adapter for a projection of four inputs and four outputs, which no real model has. */
  void foreignAdapter(String name) {
    LowRankDelta delta = new LowRankDelta(1, 1, new float[4], new float[4]);
    new PeftAdapter(new TreeMap<>(Map.of("model.layers.0.self_attn.q_proj.weight", delta)))
        .write(folder.resolve(name), "another model");
  }

  void text(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  void latin1(String name, String text) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A run folder that has come no further than its record. */
  void run(String name, int rounds) throws IOException {
    Files.createDirectories(folder.resolve(name));
    text(
        name + "/run.json",
        """
        {"settings": {"rounds": %s}, "sources": {"preset": "micro", "model": "micro-1",
         "prompts": "micro", "pool": "micro", "tasks": "micro_truth"}}
        """
            .formatted(rounds));
  }

  /**
   * A finished evaluation of two items of the second micro world.
   *
   * @param changed what to replace in its eval.json, and by what; may be left out
   */
  void evaluation(String name, String... changed) throws IOException {
    Path out = folder.resolve(name);
    int code =
        Main.run(
            new Soft4j(LocalOpening::open, Progress.SILENT),
            "eval",
            "--model=micro-1",
            "--tasks=micro_truth",
            "--limit=2",
            "--option=micro.world=2",
            "--out=" + out);
    if (code != 0) {
      throw new IllegalStateException("the evaluation failed with code " + code);
    }
    if (changed.length == 2) {
      Path record = out.resolve("eval.json");
      Files.writeString(record, Files.readString(record).replace(changed[0], changed[1]));
    }
  }

  /** A file of so many prompts. */
  void prompts(String name, int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"prompt\": \"Question number %s?\"}\n".formatted(i));
    }
    text(name, lines.toString());
  }
}
