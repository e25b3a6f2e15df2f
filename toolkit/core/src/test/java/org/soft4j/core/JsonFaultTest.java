package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  enum Order {
    @JsonProperty("easy+")
    EASY,
    RANDOM
  }

  record Row(int tokens, Order order, List<String> names, Row inner) {
    Row {
      names = List.copyOf(names);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'order': 'eazy'}      | 'order' is 'eazy' and should be one of: easy+, random",
        "{'tokens': 'x'}        | 'tokens' is 'x' and should be a whole number",
        "{'names': []}          | 'tokens' is missing or null",
        "{'tokens': 1}          | the value lacks a field, or has null where a value belongs",
        "{'tokens': []}         | 'tokens' should be a whole number",
        "{'names': 'a'}         | 'names' should be a list: […]",
        "{'inner':{'tokens':{}}}| 'inner.tokens' should be a whole number",
        "{'names': [{}]}        | 'names[0]' should be a text",
        "[]                     | the value should be an object: {…}",
        "{'tokens':1,'names':[],'token':1}| 'token' is not known here; known: inner, names, order, tokens",
        "{'tokens': 1           | the text ends before its last bracket or quote is closed",
      })
  void aValueIsNamedWithWhatItShouldBe(String json, String words) {
    assertEquals(quoted(words), fault(quoted(json), Row.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"{'a': }", "{'a': 1} {}", "{'a': oops}", "{'a' 1}", "{'a': 1,}", "{'a': 01}", "'a"})
  void nothingOfTheLibraryIsNamed(String json) {
    String words = fault(quoted(json), JsonNode.class);
    for (String inside : List.of("Source", "`", "com.", "org.", "Feature", "reference chain")) {
      assertFalse(words.contains(inside), words);
    }
  }

  /** Parameters are written with single quotes, to be read more easily. */
  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static String fault(String json, Class<?> type) {
    return JsonFault.words(
        assertThrows(JsonProcessingException.class, () -> MAPPER.readValue(json, type)));
  }
}
