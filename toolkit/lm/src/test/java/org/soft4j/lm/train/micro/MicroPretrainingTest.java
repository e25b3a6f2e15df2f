package org.soft4j.lm.train.micro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.datasets.micro.MicroSets;
import org.soft4j.datasets.micro.MicroVocabulary;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.datasets.micro.WorldSize;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.train.PretrainSettings;

class MicroPretrainingTest {
  @TempDir Path folder;

  @Test
  void writesAFolderThatOpensAndWhoseTokenizerIsTheVocabulary() {
    List<Double> losses = new ArrayList<>();
    MicroPretraining.run(
        new MicroWorld(5),
        PretrainSettings.micro(5).withSteps(2),
        folder,
        (index, step) -> losses.add(step.loss()),
        Cancellation.NEVER);
    // Untrained: the uniform ln 271 = 5.60 nats, and half the logits' variance, 128 * .03^2 = .12.
    assertEquals(5.66, losses.get(0), 0.1);
    MicroWorld world = new MicroWorld(5);
    MicroVocabulary vocabulary = new MicroVocabulary(world);
    try (ModelSource source = ModelFiles.open(folder)) {
      assertEquals(MicroPretraining.architecture(world), source.architecture());
      for (Demonstration row : new MicroSets(world, 1).pool()) {
        String turn = "<bos> <q> " + row.prompt() + " <a> " + row.response() + " <e>";
        int[] ids = source.tokenizer().encode(turn);
        assertArrayEquals(vocabulary.encode(turn), ids);
        assertEquals(row.prompt() + " " + row.response(), source.tokenizer().decode(ids));
      }
    }
  }

  @Test
  void batchesDependOnTheStepAlone() {
    var batches = MicroPretraining.batches(new MicroWorld(5));
    var again = MicroPretraining.batches(new MicroWorld(5));
    again.batch(0);
    assertEquals(32, batches.batch(3).size());
    assertArrayEquals(batches.batch(3).get(7).ids(), again.batch(3).get(7).ids());
  }

  /**
   * Counted by hand: 512 words, per layer 4 of 384 x 384, 3 of 384 x 1024 and two norms, one norm.
   */
  @Test
  void theSmallModelHasElevenMillionParameters() {
    Architecture small = MicroPretraining.architecture(new MicroWorld(WorldSize.SMALL, 1));
    long count = small.tensors().stream().mapToLong(ModelTensor::elements).sum();
    long layer = 4 * 384 * 384 + 3 * 384 * 1024 + 2 * 384;
    assertEquals(512 * 384 + 6 * layer + 384, count);
    assertTrue(2 * count < 25_000_000, "weights in bfloat16 are to stay below 25 MB");
    assertEquals(16, MicroPretraining.batches(new MicroWorld(WorldSize.SMALL, 1)).batch(0).size());
  }

  @Test
  void theEmbeddedModelsOpenAndFitTheirWorlds() {
    for (String name : EmbeddedModels.NAMES) {
      Path unpacked = EmbeddedModels.unpack(name, folder);
      assertEquals(unpacked, EmbeddedModels.unpack(name, folder));
      MicroWorld world = MicroWorld.named(EmbeddedModels.world(name).orElseThrow());
      MicroVocabulary vocabulary = new MicroVocabulary(world);
      try (ModelSource source = ModelFiles.open(unpacked)) {
        assertEquals(MicroPretraining.architecture(world), source.architecture());
        String words = String.join(" ", vocabulary.words());
        assertArrayEquals(vocabulary.encode(words), source.tokenizer().encode(words));
        assertTrue(source.weights().names().contains("model.embed_tokens.weight"));
      }
    }
  }
}
