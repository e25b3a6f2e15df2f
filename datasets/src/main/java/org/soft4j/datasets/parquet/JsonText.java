package org.soft4j.datasets.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Values of a JSON column, which datasets and DuckDB write where a column mixes types. */
final class JsonText {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonText() {}

  /** A string's own text, an empty one for null, and other values as they stand. */
  static String of(String json) {
    try {
      JsonNode value = MAPPER.readTree(json);
      if (value.isMissingNode()) {
        throw new IllegalArgumentException("an empty value in a JSON column");
      }
      return value.isTextual() ? value.textValue() : value.isNull() ? "" : json;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON in a JSON column: " + e.getOriginalMessage(), e);
    }
  }
}
