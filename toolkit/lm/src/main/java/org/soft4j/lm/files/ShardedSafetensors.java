package org.soft4j.lm.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Tensors spread over several safetensors files by model.safetensors.index.json. */
public final class ShardedSafetensors implements WeightSource {
  public static final String INDEX = "model.safetensors.index.json";

  private final Map<String, Safetensors> shardOf;
  private final List<Path> files;

  private ShardedSafetensors(Map<String, Safetensors> shardOf, List<Path> files) {
    this.shardOf = shardOf;
    this.files = files;
  }

  public static ShardedSafetensors open(Path folder) {
    return open(
        folder,
        JsonFile.read(folder.resolve(INDEX)),
        name -> Safetensors.open(folder.resolve(name)));
  }

  /** As above, from the index's JSON, with a way to open a shard by its name. */
  static ShardedSafetensors open(
      Path folder, JsonNode json, Function<String, Safetensors> shardByName) {
    Path index = folder.resolve(INDEX);
    JsonNode map = json.path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw ModelErrors.damaged(index, "has no weight_map");
    }
    Map<String, Safetensors> shards = new LinkedHashMap<>();
    Map<String, Safetensors> shardOf = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String file = entry.getValue().asText();
      // A name that leaves the folder would let a model read any file of the user's.
      if (!file.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
        throw ModelErrors.damaged(index, "names the file \"" + file + "\" outside the folder");
      }
      Safetensors shard = shards.computeIfAbsent(file, shardByName);
      if (!shard.names().contains(entry.getKey())) {
        throw ModelErrors.damaged(folder.resolve(file), "has no tensor " + entry.getKey());
      }
      shardOf.put(entry.getKey(), shard);
    }
    return new ShardedSafetensors(
        Collections.unmodifiableMap(shardOf),
        shards.keySet().stream().sorted().map(folder::resolve).toList());
  }

  public List<Path> files() {
    return files;
  }

  @Override
  public Set<String> names() {
    return shardOf.keySet();
  }

  @Override
  public long[] shape(String name) {
    return find(name).shape(name);
  }

  @Override
  public String storedType(String name) {
    return find(name).storedType(name);
  }

  @Override
  public void checkType(String name) {
    find(name).checkType(name);
  }

  @Override
  public StoredTensor read(String name) {
    return find(name).read(name);
  }

  private Safetensors find(String name) {
    Safetensors shard = shardOf.get(name);
    if (shard == null) {
      throw ModelErrors.damaged(files.get(0).resolveSibling(INDEX), "has no tensor " + name);
    }
    return shard;
  }
}
