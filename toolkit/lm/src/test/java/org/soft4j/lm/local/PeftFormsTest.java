package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.Score;
import org.soft4j.lm.adapter.PeftAdapter;

/** Adapters in the forms that peft 0.21.2 saves (tools/golden/peft_forms.py). */
class PeftFormsTest {
  private static final double TOLERANCE = 2e-5;
  private static final Path FOLDER = Golden.ROOT.resolve("peft");
  private static final JsonNode FORMS = Golden.expected("peft").path("forms");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"head", "head-own", "patterns", "excluded", "one-layer"})
  void whatIsReadComputesAsUnderPeft(String form) {
    try (LocalModel model = Golden.open("llama-untied")) {
      model.useAdapter(FOLDER.resolve(form));
      check(model, form);
      Path written = folder.resolve("written");
      PeftAdapter.read(FOLDER.resolve(form)).write(written, "llama-untied");
      model.useBase();
      model.useAdapter(written);
      check(model, form);
    }
  }

  private static void check(LocalModel model, String form) {
    List<JsonNode> items = Golden.list(FORMS.path(form).path("scores"));
    List<Score> scores = model.score(items.stream().map(Golden::score).toList());
    for (int i = 0; i < items.size(); i++) {
      double[] expected = Golden.numbers(items.get(i).path("logProbabilities"));
      assertArrayEquals(expected, scores.get(i).logProbabilities(), TOLERANCE, form + " " + i);
    }
  }

  /** The base model's numbers come back, also where the adapter brought a head of its own. */
  @Test
  void theBaseReturns() {
    try (LocalModel model = Golden.open("llama-untied")) {
      JsonNode item = Golden.expected("llama-untied").path("scores").get(0);
      double[] before = model.score(List.of(Golden.score(item))).get(0).logProbabilities();
      model.useAdapter(FOLDER.resolve("head-own"));
      model.useAdapter(FOLDER.resolve("one-layer"));
      model.useBase();
      double[] after = model.score(List.of(Golden.score(item))).get(0).logProbabilities();
      assertArrayEquals(before, after);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dora",
        "saved-module",
        "bias",
        "replicated",
        "parameters",
        "tokens",
        "embedding",
        "pissa"
      })
  void whatIsNotReadIsRefusedByName(String form) {
    Path adapter = FOLDER.resolve(form);
    UserError error = assertThrows(UserError.class, () -> PeftAdapter.read(adapter));
    String word = FORMS.path(form).path("refused").asText();
    assertTrue(error.getMessage().contains(word), error.getMessage());
  }

  @Test
  void aHeadThatIsTheEmbeddingCannotBeChanged() {
    try (LocalModel model = Golden.open("llama-tied")) {
      Path adapter = FOLDER.resolve("head-own");
      UserError error = assertThrows(UserError.class, () -> model.useAdapter(adapter));
      assertTrue(error.getMessage().contains("lm_head.weight"), error.getMessage());
    }
  }

  @Test
  void picklesAreNotReadAndSaidHowToConvert() throws IOException {
    Path config = FOLDER.resolve("one-layer").resolve(PeftAdapter.CONFIG);
    Files.copy(config, folder.resolve(PeftAdapter.CONFIG));
    Files.write(folder.resolve("adapter_model.bin"), new byte[8]);
    UserError error = assertThrows(UserError.class, () -> PeftAdapter.read(folder));
    assertTrue(error.getMessage().contains("only adapter_model.bin"), error.getMessage());
    assertTrue(error.remedy().contains("save_pretrained"), error.remedy());
  }
}
