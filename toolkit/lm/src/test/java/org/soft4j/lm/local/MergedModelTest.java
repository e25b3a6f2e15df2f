package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.Score;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.merge.ModelMerge;
import org.soft4j.lm.merge.ModelMerge.Layout;
import org.soft4j.lm.merge.NumberFormat;

/** A merged model computes what its base computes with the adapter. */
@Tag("slow")
class MergedModelTest {
  private static final double TOLERANCE = 2e-5;
  private static final Path FORMS = Golden.ROOT.resolve("peft");

  @TempDir Path folder;

  private LocalModel merged(Path base, Layout layout, Path... adapters) {
    try (ModelMerge merge = ModelMerge.open(base, List.of(adapters))) {
      Path written =
          merge
              .write(folder, layout, NumberFormat.F32, Progress.SILENT, Cancellation.NEVER)
              .model();
      return LocalModel.open(written, OpenSettings.AUTO.with("cpu", "float32"));
    }
  }

  /** Expected: log-probabilities of peft 0.21.2 (tools/golden/peft_forms.py). */
  @ParameterizedTest
  @CsvSource({
    "head,HF",
    "head-own,HF",
    "patterns,HF",
    "excluded,HF",
    "one-layer,HF",
    "head-own,GGUF",
    "patterns,GGUF"
  })
  void everyFormOfAdapterThatIsReadIsMerged(String form, Layout layout) {
    JsonNode expected = Golden.expected("peft").path("forms").path(form).path("scores");
    try (LocalModel model =
        merged(Golden.ROOT.resolve("llama-untied"), layout, FORMS.resolve(form))) {
      for (JsonNode item : Golden.list(expected)) {
        assertArrayEquals(
            Golden.numbers(item.path("logProbabilities")),
            model.score(List.of(Golden.score(item))).get(0).logProbabilities(),
            TOLERANCE);
      }
    }
  }

  /** Layers stored as [inputs, outputs], biases, grouped queries, heads of other widths. */
  @ParameterizedTest
  @ValueSource(
      strings = {"gpt2", "gpt2-untied", "llama-biases", "mistral-window", "qwen2", "qwen3"})
  void everyFamilyIsMergedInBothLayouts(String name) {
    Path base = Golden.ROOT.resolve(name);
    Path adapter = base.resolve("lora/adapter");
    List<JsonNode> items = Golden.list(Golden.expected(name).path("scores")).subList(0, 4);
    try (LocalModel plain = Golden.open(name)) {
      plain.useAdapter(adapter);
      for (Layout layout : Layout.values()) {
        try (LocalModel model = merged(base, layout, adapter)) {
          for (JsonNode item : items) {
            Score expected = plain.score(List.of(Golden.score(item))).get(0);
            Score seen = model.score(List.of(Golden.score(item))).get(0);
            assertArrayEquals(
                expected.logProbabilities(), seen.logProbabilities(), TOLERANCE, "" + layout);
          }
          String context = items.get(0).path("context").asText();
          assertEquals(
              plain.generate(List.of(Golden.greedy(context, 16))).get(0).text(),
              model.generate(List.of(Golden.greedy(context, 16))).get(0).text());
        }
      }
    }
  }

  @Test
  void adaptersThatAreGivenTogetherAreAdded() {
    Path base = Golden.ROOT.resolve("llama-untied");
    Path both = folder.resolve("both");
    PeftAdapter.read(FORMS.resolve("patterns"))
        .plus(PeftAdapter.read(FORMS.resolve("one-layer")))
        .write(both, "llama-untied");
    JsonNode item = Golden.expected("llama-untied").path("scores").get(0);
    try (LocalModel plain = Golden.open("llama-untied")) {
      plain.useAdapter(both);
      double[] expected = plain.score(List.of(Golden.score(item))).get(0).logProbabilities();
      try (LocalModel model =
          merged(base, Layout.HF, FORMS.resolve("patterns"), FORMS.resolve("one-layer"))) {
        assertArrayEquals(
            expected,
            model.score(List.of(Golden.score(item))).get(0).logProbabilities(),
            TOLERANCE);
      }
    }
  }

  @Test
  void twoAdaptersWithHeadsOfTheirOwnAreRefused() {
    Path base = Golden.ROOT.resolve("llama-untied");
    List<Path> adapters = List.of(FORMS.resolve("head"), FORMS.resolve("head-own"));
    UserError refused = assertThrows(UserError.class, () -> ModelMerge.open(base, adapters));
    assertTrue(refused.getMessage().contains("lm_head.weight"), refused.getMessage());
  }

  @Test
  void anAdapterOfAnotherModelIsRefused() {
    Path base = Golden.ROOT.resolve("gpt2");
    List<Path> adapters = List.of(FORMS.resolve("patterns"));
    UserError refused = assertThrows(UserError.class, () -> ModelMerge.open(base, adapters));
    assertTrue(refused.getMessage().contains("does not have"), refused.getMessage());
  }
}
