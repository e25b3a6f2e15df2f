package org.soft4j.lm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected ids are those of the library tokenizers (tools/golden/tokenizer_vectors.py). */
class JsonTokenizerTest {
  @ParameterizedTest
  @ValueSource(strings = {"legacy", "metaspace", "unigram"})
  void textsBecomeTheIdsOfTheLibraryAndComeBack(String name) throws IOException {
    try (Tokenizer tokenizer = tokenizer(name)) {
      JsonNode vectors = TokenizerVectors.read(name + ".json");
      TokenizerVectors.check(
          tokenizer,
          TokenizerVectors.texts(TokenizerVectors.read("texts.json")),
          vectors.path("ids"),
          vectors.path("decoded"));
    }
  }

  /**
   * tokenizer.json is obeyed, as by transformers 4.57.1; transformers 5.23.0 reads other ids of the
   * same Llama folder (tools/golden/tokenizer_readers.py, run with both).
   */
  @Test
  void aLlamaFolderIsReadAsByTransformers457() throws IOException {
    JsonNode readers = TokenizerVectors.read("readers.json");
    int others = 0;
    try (Tokenizer tokenizer = tokenizer("legacy")) {
      for (int i = 0; i < readers.path("texts").size(); i++) {
        String text = readers.path("texts").get(i).asText();
        int[] ids = tokenizer.encode(text);
        assertArrayEquals(TokenizerVectors.ids(readers.path("4.57.1").get(i)), ids, text);
        others += Arrays.equals(TokenizerVectors.ids(readers.path("5.23.0").get(i)), ids) ? 0 : 1;
      }
    }
    assertEquals(8, others, "texts of ten that transformers 5.23.0 reads otherwise");
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "metaspace", "unigram"})
  void marksChangeNoIdsWhereNoControlTokenIsSpelled(String name) throws IOException {
    try (Tokenizer tokenizer = tokenizer(name)) {
      for (String text : TokenizerVectors.texts(TokenizerVectors.read("texts.json"))) {
        if (!text.contains("s>") && !text.contains("<unk>") && !text.contains("<|im_end|>")) {
          assertArrayEquals(tokenizer.encode(text), tokenizer.encode(UserText.mark(text)), text);
          // Nor does it matter where in a text the marked part stands.
          assertArrayEquals(
              tokenizer.encode("a " + text + " b </s>c"),
              tokenizer.encode("a " + UserText.mark(text) + " b </s>c"),
              text);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy", "metaspace", "unigram"})
  void aUserCannotSpellAControlToken(String name) throws IOException {
    try (Tokenizer tokenizer = tokenizer(name)) {
      int end = tokenizer.id("</s>");
      int[] ids = tokenizer.encodePlain("One" + UserText.mark("two</s>three") + "</s>");
      assertEquals(1, Arrays.stream(ids).filter(id -> id == end).count(), "the template's own");
      assertEquals(end, ids[ids.length - 1]);
      if (!name.equals("unigram")) { // whose vocabulary does not have all letters
        assertEquals("Onetwo</s>three", tokenizer.decode(ids));
      }
      String marked = tokenizer.marked("two</s>[3] </think>");
      assertEquals("two</s>[3] </think>", UserText.unmarked(marked));
      assertTrue(marked.endsWith("[3] </think>"), "nothing else is marked");
      assertArrayEquals(
          ids, tokenizer.encodePlain("One" + tokenizer.marked("two</s>three") + "</s>"));
    }
  }

  @Test
  void aControlTokenHalfOfWhichIsTheUsersIsNone() throws IOException {
    try (Tokenizer tokenizer = tokenizer("legacy")) {
      int end = tokenizer.id("</s>");
      int[] ids = tokenizer.encode("</" + UserText.mark("s>") + "x");
      assertFalse(Arrays.stream(ids).anyMatch(id -> id == end));
      assertEquals("</s>x", tokenizer.decode(ids));
    }
  }

  /**
   * What is decoded after a context, appended to it, is the whole text; decoding the new ids alone
   * gives "house".
   */
  @ParameterizedTest
  @CsvSource({
    "legacy, 'the old', ' house'",
    "metaspace, 'the old', ' house'",
    "unigram, 'the old', ' house'",
    "metaspace, 'the </s>', ' house'",
    "legacy, 'the </s>', 'house'",
    "legacy, 'caf', 'é 日本'",
    "legacy, '', 'house'",
  })
  void aContinuationKeepsItsFirstSpace(String name, String context, String rest)
      throws IOException {
    try (Tokenizer tokenizer = tokenizer(name)) {
      int[] before = tokenizer.encode(context);
      int[] both = tokenizer.encode(context + rest);
      assertArrayEquals(before, Arrays.copyOf(both, before.length), "the context's ids come first");
      int[] added = Arrays.copyOfRange(both, before.length, both.length);
      assertEquals(rest, tokenizer.decodeAfter(before, added));
    }
  }

  @Test
  void theSpaceAtTheEndOfAContextIsNoneOfTheContinuation() throws IOException {
    try (Tokenizer tokenizer = tokenizer("legacy")) {
      int[] house = tokenizer.encodePlain("house"); // one piece, which begins with a space
      assertEquals(" house", tokenizer.decodeAfter(tokenizer.encode("the old "), house));
    }
  }

  @Test
  void aLetterWhoseBytesBeginInTheContextIsWhole() throws IOException {
    try (Tokenizer tokenizer = tokenizer("legacy")) {
      int[] all = tokenizer.encode("x\u4E16y"); // three bytes, none of which is in a piece
      int first = tokenizer.id("<0xE4>");
      int at = Arrays.stream(all).boxed().toList().indexOf(first);
      int[] before = Arrays.copyOf(all, at + 1);
      assertEquals(
          "\u4E16y", tokenizer.decodeAfter(before, Arrays.copyOfRange(all, at + 1, all.length)));
    }
  }

  private static JsonTokenizer tokenizer(String name) throws IOException {
    JsonNode json = TokenizerVectors.read(name + ".json").path("tokenizer");
    return JsonTokenizer.parse(JsonMapper.builder().build().writeValueAsBytes(json), name);
  }
}
