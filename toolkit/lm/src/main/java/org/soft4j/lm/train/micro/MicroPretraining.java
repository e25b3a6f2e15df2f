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
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.train.PretrainSettings;
import org.soft4j.lm.train.Pretrainer;
import org.soft4j.lm.train.TokenSequence;

/**
 * Makes the micro model of a world from nothing: one seed fixes the world, the corpus and the first
 * weights. 637,696 parameters; every document is seen once.
 */
public final class MicroPretraining {
  /** Documents per optimizer step. */
  public static final int DOCUMENTS = 32;

  /** Tokens per document. */
  public static final int LENGTH = 128;

  private MicroPretraining() {}

  /** Three layers of width 128 over the world's vocabulary. */
  public static Architecture architecture(MicroVocabulary vocabulary) {
    return new Architecture(
        ModelFamilies.LLAMA,
        vocabulary.size(),
        128,
        352,
        3,
        4,
        4,
        32,
        LayerKind.llama(1e-5, 1e4),
        true,
        2 * LENGTH,
        OptionalInt.of(MicroVocabulary.BEGIN),
        List.of(MicroVocabulary.END));
  }

  /** Batch n holds the documents numbered from {@value #DOCUMENTS} n on. */
  public static Pretrainer.BatchSource batches(MicroWorld world) {
    MicroCorpus corpus = new MicroCorpus(world, world.seed(), LENGTH);
    return step ->
        LongStream.range((long) step * DOCUMENTS, (step + 1L) * DOCUMENTS)
            .mapToObj(corpus::document)
            .map(MicroPretraining::sequence)
            .toList();
  }

  /**
   * Trains and writes config.json, model.safetensors, tokenizer.json and tokenizer_config.json.
   *
   * @param seed of world, corpus and first weights
   * @param settings such as {@code PretrainSettings.micro(seed)}
   * @param folder made where missing
   * @param steps hears of every optimizer step
   * @param cancel asked between steps; a checkpoint is written then
   */
  public static void run(
      long seed,
      PretrainSettings settings,
      Path folder,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    MicroWorld world = new MicroWorld(seed);
    MicroVocabulary vocabulary = new MicroVocabulary(world);
    Pretrainer.run(
        architecture(vocabulary),
        settings,
        batches(world),
        "micro world " + seed,
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
