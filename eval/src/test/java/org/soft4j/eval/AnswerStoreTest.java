package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;

/** Answers that an earlier version left: one whose score was no number is not graded. */
class AnswerStoreTest {
  @TempDir Path folder;

  /** Earlier versions wrote the text "NaN"; others write null, or nothing at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"log_probability\":\"NaN\",",
        "\"log_probability\":\"-Infinity\",",
        "\"log_probability\":null,",
        ""
      })
  void aScoreThatIsNoNumberIsRefusedByFile(String score) throws IOException {
    for (String name : new String[] {"single.jsonl", "000000.jsonl"}) {
      Path file = folder.resolve(name.substring(0, 1)).resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "{\"key\":\"k\"," + score + "\"tokens\":2,\"greedy\":true}\n");
      UserError refused =
          assertThrows(UserError.class, () -> new AnswerStore(file.getParent()), name);
      assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
      assertTrue(refused.getMessage().contains("which is no number"), refused.getMessage());
      assertTrue(refused.remedy().contains("Delete the folder " + file.getParent()));
    }
  }

  @Test
  void aNumberAndAnAnswerThatHasNoneByItsNatureAreRead() throws IOException {
    Files.writeString(
        folder.resolve("000000.jsonl"),
        "{\"key\":\"a\",\"log_probability\":-2.5,\"tokens\":2,\"greedy\":true}\n"
            + "{\"key\":\"b\",\"caveats\":[\"no_tokens\"],\"log_probability\":null,"
            + "\"tokens\":0,\"greedy\":false}\n");
    AnswerStore store = new AnswerStore(folder);
    assertEquals(Optional.of(new TaskAnswer.Likelihood(-2.5, 2, true)), store.find("a"), "a score");
    assertTrue(!store.find("b").orElseThrow().usable(), "counted, and neither right nor wrong");
  }
}
