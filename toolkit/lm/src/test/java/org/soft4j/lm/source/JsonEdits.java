package org.soft4j.lm.source;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sound JSON documents with a few edits that the fuzzer chooses, so that most inputs get past the
 * JSON parser and to what reads the values.
 */
public final class JsonEdits {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_EDITS = 4;

  private final List<JsonNode> documents = new ArrayList<>();
  private final List<JsonNode> parts = new ArrayList<>();

  public JsonEdits(List<String> documents) {
    for (String document : documents) {
      this.documents.add(tree(document));
    }
    this.documents.forEach(this::collect);
  }

  private void collect(JsonNode node) {
    parts.add(node);
    node.forEach(this::collect);
  }

  /** One of the documents, edited. */
  public byte[] next(FuzzedDataProvider data) {
    JsonNode root = documents.get(data.consumeInt(0, documents.size() - 1)).deepCopy();
    for (int edits = data.consumeInt(1, MOST_EDITS); edits > 0; edits--) {
      edit(root, data);
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Goes down to some container and changes one of its children. */
  private void edit(JsonNode root, FuzzedDataProvider data) {
    JsonNode at = root;
    while (true) {
      List<JsonNode> below = new ArrayList<>();
      at.forEach(child -> addContainer(below, child));
      if (below.isEmpty() || data.consumeInt(0, 3) == 0) {
        break;
      }
      at = below.get(data.consumeInt(0, below.size() - 1));
    }
    if (at instanceof ObjectNode object) {
      editObject(object, data);
    } else {
      editArray((ArrayNode) at, data);
    }
  }

  private static void addContainer(List<JsonNode> containers, JsonNode node) {
    if (node.isContainerNode()) {
      containers.add(node);
    }
  }

  private void editObject(ObjectNode object, FuzzedDataProvider data) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || data.consumeInt(0, 7) == 0) {
      object.set(data.consumeString(12), value(data));
      return;
    }
    String name = names.get(data.consumeInt(0, names.size() - 1));
    switch (data.consumeInt(0, 7)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(data.consumeString(12), object.remove(name));
      default -> object.set(name, value(data));
    }
  }

  private void editArray(ArrayNode array, FuzzedDataProvider data) {
    int index = data.consumeInt(0, array.size());
    if (index == array.size()) {
      array.add(value(data));
    } else if (data.consumeInt(0, 3) == 0) {
      array.remove(index);
    } else {
      array.set(index, value(data));
    }
  }

  private JsonNode value(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 11)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(data.consumeBoolean());
      case 2 -> NODES.numberNode(data.consumeLong());
      case 3 -> NODES.numberNode(data.consumeInt(-2, 300));
      case 4 -> NODES.numberNode(data.consumeDouble());
      case 5 -> NODES.arrayNode();
      case 6 -> NODES.objectNode();
      case 7, 8 -> NODES.textNode(data.consumeString(40));
      default -> parts.get(data.consumeInt(0, parts.size() - 1)).deepCopy();
    };
  }

  private static JsonNode tree(String document) {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(document, e);
    }
  }
}
