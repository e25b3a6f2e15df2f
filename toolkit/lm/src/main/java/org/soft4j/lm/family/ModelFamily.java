package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All that tells one family of models from another: its names, its fields of config.json with their
 * defaults, what its layers compute, and its tensors in Hugging Face's files and in GGUF's. There
 * is one object of each, in {@link ModelFamilies}.
 */
public abstract class ModelFamily {
  private final String modelType;
  private final String className;

  ModelFamily(String modelType, String className) {
    this.modelType = modelType;
    this.className = className;
  }

  /** As config.json names it, such as {@code llama}. */
  public final String modelType() {
    return modelType;
  }

  /** The class that transformers loads it with. */
  final String className() {
    return className;
  }

  /** What its layers compute where a file says nothing else. */
  public abstract LayerKind layers();

  /** Fields of config.json that {@link #read} looks at, beside those of all families. */
  abstract Set<String> fields();

  /** Other fields, with those of their values that ask for what the layers compute anyway. */
  Map<String, Set<String>> sameElsewhere() {
    return Map.of();
  }

  /** The shape that a config.json describes; whatever it asks for beyond the layers is refused. */
  abstract Architecture read(ConfigJson config, Optional<ConfigJson> generation);

  /** Writes what {@link #read} reads, beside the fields of all families. */
  abstract void write(Architecture shape, ObjectNode json);

  /** Everything outside the layers. */
  abstract List<ModelTensor> outer(Architecture shape);

  /** Everything of one layer; tensors that are used side by side stand side by side. */
  abstract List<ModelTensor> layer(Architecture shape, int layer);

  /** How the names of the layers' tensors begin. */
  abstract String layerPrefix();

  /** The first part of the tensors' names, where some files leave it out. */
  Optional<String> optionalPrefix() {
    return Optional.empty();
  }

  /** Names of tables that older exporters stored and everybody computes. */
  abstract Pattern computed();

  /** What GGUF files call it. */
  public String ggufName() {
    return modelType;
  }

  /** The family of a GGUF file under this family's name whose layers have a window. */
  public ModelFamily windowed() {
    return this;
  }

  /**
   * Whether GGUF files keep the two numbers that a rotary embedding turns side by side, where
   * Hugging Face's keep them half a head apart.
   */
  public boolean ggufTurnsNeighbours() {
    return false;
  }

  /** Whether several query heads may share a key, and heads may have a width of their own. */
  public boolean groupsQueries() {
    return true;
  }

  @Override
  public String toString() {
    return modelType;
  }
}
