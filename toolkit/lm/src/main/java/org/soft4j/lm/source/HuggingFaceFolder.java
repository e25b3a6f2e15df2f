package org.soft4j.lm.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.core.InputFile;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.core.Utf8;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ArchitectureConfig;
import org.soft4j.lm.family.ConfigJson;
import org.soft4j.lm.family.FolderWeights;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.ShardedSafetensors;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/** A model folder in the Hugging Face layout. */
final class HuggingFaceFolder {
  /** Bytes of chat_template.jinja; those in use have up to 30,000. */
  static final long MOST_TEMPLATE = 1 << 20;

  private static final String WEIGHTS = "model.safetensors";

  private HuggingFaceFolder() {}

  static ModelSource open(Path folder) {
    Path config = folder.resolve("config.json");
    JsonNode json = JsonFile.read(config);
    Optional<JsonNode> generation =
        JsonFile.readIfPresent(folder.resolve("generation_config.json"));
    Architecture architecture = ArchitectureConfig.read(config, json, generation);
    List<Path> files = new ArrayList<>(List.of(config));
    WeightSource weights = FolderWeights.check(architecture, weights(folder, files), folder);
    Path vocabulary = FolderTokenizer.file(folder);
    files.add(vocabulary);
    Tokenizer tokenizer = FolderTokenizer.open(folder);
    try {
      ModelFiles.checkFit(tokenizer, architecture, vocabulary);
      SpecialTokens special = FolderTokenizer.special(folder, tokenizer, architecture);
      StopTokens stops =
          StopTokens.of(
              new ConfigJson(config, json),
              generation.map(node -> new ConfigJson(config, node)),
              architecture,
              special,
              tokenizer);
      return new ModelSource(
          folder.toAbsolutePath().normalize(),
          folder.toAbsolutePath().normalize().getFileName().toString(),
          Sha256.ofFiles(files),
          architecture.withStops(stops.ids()),
          weights,
          tokenizer,
          special,
          stops,
          chatTemplate(folder),
          ModelDocuments.of(folder));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static WeightSource weights(Path folder, List<Path> files) {
    Path single = folder.resolve(WEIGHTS);
    if (Files.isRegularFile(single)) {
      files.add(single);
      return Safetensors.open(single);
    }
    if (Files.isRegularFile(folder.resolve(ShardedSafetensors.INDEX))) {
      ShardedSafetensors sharded = ShardedSafetensors.open(folder);
      files.addAll(sharded.files());
      return sharded;
    }
    throw new UserError(
        folder + " has neither " + WEIGHTS + " nor " + ShardedSafetensors.INDEX + ".",
        holdsPickle(folder)
            ? "Its weights are in Python's pickle format, which can run code when it is read;"
                + " get the safetensors version of this model."
            : "Fetch the model's safetensors files into this folder.");
  }

  private static boolean holdsPickle(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(f -> f.getFileName().toString().matches(".*\\.(bin|pt|pth)"));
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String> chatTemplate(Path folder) {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      try {
        return Optional.of(Utf8.decode(InputFile.bytes(file, MOST_TEMPLATE), file, 1));
      } catch (IOException e) {
        throw ModelErrors.unreadable(file, e);
      }
    }
    return JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"))
        .flatMap(HuggingFaceFolder::chatTemplate);
  }

  /** Of tokenizer_config.json: one text, or a list of named ones of which "default" counts. */
  static Optional<String> chatTemplate(JsonNode json) {
    JsonNode node = json.path("chat_template");
    if (node.isTextual()) {
      return Optional.of(node.asText());
    }
    for (JsonNode named : node) {
      if (named.path("name").asText().equals("default") && named.path("template").isTextual()) {
        return Optional.of(named.path("template").asText());
      }
    }
    return Optional.empty();
  }
}
