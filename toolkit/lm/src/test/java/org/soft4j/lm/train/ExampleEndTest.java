package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.TokenizerVectors;

/** A learned label ends with the token at which its generation ended. */
class ExampleEndTest {
  private Tokenizer tokenizer;

  @BeforeEach
  void open() throws IOException {
    tokenizer = TokenizerVectors.tokenizer("byte-level");
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private int[] encoded(TrainingExample example, String... stops) {
    return encoder(256, stops).encode(List.of(example)).get(0).ids();
  }

  private ExampleEncoder encoder(int longest, String... stops) {
    List<Integer> ids = Arrays.stream(stops).map(tokenizer::id).toList();
    Architecture shape =
        new Architecture(
            ModelFamilies.LLAMA,
            tokenizer.largestId() + 1,
            8,
            12,
            1,
            2,
            2,
            4,
            LayerKind.llama(1e-5, 10000),
            true,
            256,
            OptionalInt.empty(),
            ids);
    TrainingSettings settings =
        new TrainingSettings(
            new TrainingMethod.Lora(2, 2, 0, TrainingSettings.ALL_PROJECTIONS),
            1e-4,
            0,
            0.1,
            1,
            1,
            64,
            1,
            0,
            longest,
            true,
            10,
            0,
            false);
    return new ExampleEncoder(tokenizer, shape, settings);
  }

  private void endsWith(int[] ids, String text) {
    int[] end = tokenizer.encodePlain(text);
    assertArrayEquals(end, Arrays.copyOfRange(ids, ids.length - end.length, ids.length));
  }

  /** A base model's tokenizer and ChatML turns: its eos alone would let answers run on. */
  @Test
  void theTurnsEndOfTheTemplateIsLearned() {
    TrainingExample example =
        new TrainingExample(
            "<|im_start|>user\nthe house<|im_end|>\n<|im_start|>assistant\n",
            "the dog",
            List.of("<|im_end|>\n", "<|im_end|>"));
    endsWith(encoded(example, "<|im_end|>"), "the dog<|im_end|>");
    endsWith(encoded(example, "</s>", "<|im_end|>"), "the dog<|im_end|>");
    endsWith(encoded(example, "</s>"), "the dog<|im_end|></s>");
  }

  @Test
  void withoutSuchATokenTheModelsOwnIsLearned() {
    TrainingExample plain =
        new TrainingExample("User: the house\nAssistant:", " the dog", List.of("\n\n", "\nUser:"));
    endsWith(encoded(plain, "</s>"), " dog</s>");
    endsWith(encoded(new TrainingExample("the house", " the dog"), "</s>"), " the dog</s>");
  }

  // Learned as far as the bound goes, so that such an example teaches no end: counted, to be told.
  @Test
  void anExampleThatLosesItsEndIsCounted() {
    TrainingExample one = new TrainingExample("the house", " the dog");
    TrainingExample longer = new TrainingExample("the house", " the dog the house the dog");
    int whole = encoded(longer, "</s>").length;
    assertEquals(0, encoder(whole, "</s>").cut(List.of(one, longer)));
    assertEquals(1, encoder(whole - 1, "</s>").cut(List.of(one, longer)));
    int[] cut = encoder(whole - 1, "</s>").encode(List.of(one, longer)).get(1).ids();
    assertEquals(0, Arrays.stream(cut).filter(id -> id == tokenizer.id("</s>")).count());
  }

  @Test
  void anEndThatIsThereIsNotRepeated() {
    TrainingExample said =
        new TrainingExample("the house", "the dog<|im_end|>", List.of("<|im_end|>"));
    int[] ids = encoded(said, "</s>");
    assertEquals(1, Arrays.stream(ids).filter(id -> id == tokenizer.id("<|im_end|>")).count());
    endsWith(ids, "the dog<|im_end|></s>");
    endsWith(encoded(said, "<|im_end|>"), "the dog<|im_end|>");
  }
}
