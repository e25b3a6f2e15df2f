package org.soft4j.lm.source;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufType;

/** A sound GGUF file whose metadata and tensor headers the fuzzer changes. */
public final class GgufEdits {
  private static final int MOST_EDITS = 5;

  private final List<Map<String, Object>> sound;
  private final List<SmallGguf.Tensor> tensors;
  private final List<String> keys;

  public GgufEdits(
      List<Map<String, Object>> sound, List<SmallGguf.Tensor> tensors, List<String> more) {
    this.sound = sound;
    this.tensors = tensors;
    this.keys = new ArrayList<>(more);
    sound.forEach(values -> keys.addAll(values.keySet()));
  }

  public byte[] next(FuzzedDataProvider data) {
    Map<String, Object> values =
        new LinkedHashMap<>(sound.get(data.consumeInt(0, sound.size() - 1)));
    for (int edits = data.consumeInt(0, MOST_EDITS); edits > 0; edits--) {
      String key = keys.get(data.consumeInt(0, keys.size() - 1));
      if (data.consumeInt(0, 4) == 0) {
        values.remove(key);
      } else {
        values.put(key, value(values, key, data));
      }
    }
    int changed = data.consumeInt(-1, tensors.size());
    GgufBytes out = new GgufBytes(values);
    for (int i = 0; i < tensors.size(); i++) {
      SmallGguf.Tensor tensor = i == changed ? edited(tensors.get(i), data) : tensors.get(i);
      out.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor.payload());
    }
    return out.toBytes();
  }

  private static SmallGguf.Tensor edited(SmallGguf.Tensor sound, FuzzedDataProvider data) {
    return new SmallGguf.Tensor(
        data.consumeBoolean() ? sound.name() : data.consumeString(20),
        data.consumeBoolean() ? sound.type() : data.consumeInt(0, 40),
        data.consumeBoolean() ? sound.shape() : data.consumeLongs(5),
        data.consumeBoolean() ? sound.payload() : data.consumeBytes(300));
  }

  private Object value(Map<String, Object> values, String key, FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 9)) {
      case 0 -> data.consumeLong(0, 0xffff_ffffL);
      case 1 -> (long) data.consumeInt(0, 300);
      case 2 -> data.consumeDouble();
      case 3 -> data.consumeBoolean();
      case 4 -> data.consumeString(20);
      case 5 -> texts(data);
      case 6 -> numbers(data);
      case 7 -> data.pickValue(new ArrayList<>(values.values()));
      default ->
          values.get(key) instanceof List<?> list ? editedTexts(list, data) : (Object) texts(data);
    };
  }

  private static List<String> texts(FuzzedDataProvider data) {
    List<String> texts = new ArrayList<>();
    for (int count = data.consumeInt(0, 12); count > 0; count--) {
      texts.add(data.consumeString(6));
    }
    return texts;
  }

  private static List<String> editedTexts(List<?> old, FuzzedDataProvider data) {
    List<String> texts = new ArrayList<>();
    old.forEach(text -> texts.add((String) text));
    if (!texts.isEmpty()) {
      texts.set(data.consumeInt(0, texts.size() - 1), data.consumeString(8));
    }
    return texts;
  }

  private static GgufMetadata.Numbers numbers(FuzzedDataProvider data) {
    GgufType type = data.pickValue(new GgufType[] {GgufType.UINT8, GgufType.INT32, GgufType.BOOL});
    int count = data.consumeInt(0, 12);
    byte[] bytes = data.consumeBytes(count * type.width());
    ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
    return new GgufMetadata.Numbers(type, bytes.length / type.width(), buffer);
  }
}
