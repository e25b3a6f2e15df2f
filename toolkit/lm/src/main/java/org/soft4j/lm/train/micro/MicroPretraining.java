package org.soft4j.lm.train.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.datasets.micro.MicroCorpus;
import org.soft4j.datasets.micro.MicroVocabulary;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.datasets.micro.WorldSize;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.train.PretrainSettings;
import org.soft4j.lm.train.Pretrainer;
import org.soft4j.lm.train.TokenSequence;

/**
 * Makes the model of a world from nothing: size and seed fix the world, the corpus and the first
 * weights. 637,696 parameters for a micro world, 10.8 million for a small one; every document is
 * seen once.
 */
public final class MicroPretraining {
  /** Tokens per document. */
  public static final int LENGTH = 128;

  private MicroPretraining() {}

  /** Three layers of width 128, or six of width 384, over the world's vocabulary. */
  public static Architecture architecture(MicroWorld world) {
    return switch (world.size()) {
      case MICRO -> architecture(world, 128, 352, 3, 4);
      case SMALL -> architecture(world, 384, 1024, 6, 6);
    };
  }

  private static Architecture architecture(
      MicroWorld world, int width, int inner, int layers, int heads) {
    return new Architecture(
        ModelFamilies.LLAMA,
        new MicroVocabulary(world).size(),
        width,
        inner,
        layers,
        heads,
        heads,
        width / heads,
        LayerKind.llama(1e-5, 1e4),
        true,
        2 * LENGTH,
        OptionalInt.of(MicroVocabulary.BEGIN),
        List.of(MicroVocabulary.END));
  }

  /** The recipe of the embedded models. */
  public static PretrainSettings settings(WorldSize size, long seed) {
    return switch (size) {
      case MICRO -> PretrainSettings.micro(seed);
      case SMALL -> PretrainSettings.small(seed);
    };
  }

  /** Documents per optimizer step. */
  public static int documents(WorldSize size) {
    return switch (size) {
      case MICRO -> 32;
      case SMALL -> 16;
    };
  }

  /** Batch n holds the documents that follow those of the batches before it. */
  public static Pretrainer.BatchSource batches(MicroWorld world) {
    MicroCorpus corpus = new MicroCorpus(world, world.seed(), LENGTH);
    int documents = documents(world.size());
    return step ->
        LongStream.range((long) step * documents, (step + 1L) * documents)
            .mapToObj(corpus::document)
            .map(MicroPretraining::sequence)
            .toList();
  }

  /**
   * Trains and writes config.json, model.safetensors, tokenizer.json and tokenizer_config.json.
   *
   * @param world whose seed is the corpus's too
   * @param settings such as {@link #settings} of the world's size and seed
   * @param folder made where missing
   * @param steps hears of every optimizer step
   * @param cancel asked between steps; a checkpoint is written then
   */
  public static void run(
      MicroWorld world,
      PretrainSettings settings,
      Path folder,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    MicroVocabulary vocabulary = new MicroVocabulary(world);
    Pretrainer.run(
        architecture(world),
        settings,
        batches(world),
        "micro world " + world.name(),
        folder,
        () -> {
          write(folder.resolve("tokenizer.json"), vocabulary.tokenizerJson());
          write(folder.resolve("tokenizer_config.json"), MicroVocabulary.tokenizerConfigJson());
        },
        steps,
        cancel);
  }

  private static TokenSequence sequence(MicroCorpus.Document document) {
    return new TokenSequence(document.tokens(), document.learned());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError(
          "Cannot write " + file + ": " + e, "Check the space and the rights of that folder.", e);
    }
  }
}
