package org.soft4j.eval.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.InputFile;
import org.soft4j.core.UserError;
import org.soft4j.core.Utf8;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a YAML file and those it includes as fields. The file is data from anywhere: no tag makes
 * an object, and size, depth and aliases are bounded.
 */
final class YamlFile {
  private static final int MOST_BYTES = 1_000_000;
  private static final int MOST_DEPTH = 50;
  private static final int MOST_ALIASES = 50;
  private static final int MOST_INCLUDES = 10;
  private static final int MOST_NOTES = 20;

  private YamlFile() {}

  /** The fields of a file over those of the files it includes. */
  static Map<String, YamlValue> read(Path file) {
    return read(file, new ArrayList<>());
  }

  /** Keys that stand twice in a map, of a file and of those it includes. */
  static List<String> repeated(Path file) {
    List<String> notes = new ArrayList<>();
    Set<Path> files = new LinkedHashSet<>(List.of(file));
    read(file).values().forEach(value -> files.add(value.file()));
    for (Path read : files) {
      repeated(new YamlValue(read, "", root(read)), notes, new HashSet<>());
    }
    return notes;
  }

  /** Aliases let a value stand in many places; it is looked at once. */
  private static void repeated(YamlValue value, List<String> notes, Set<Node> seen) {
    if (notes.size() > MOST_NOTES || !value.function().isEmpty() || !seen.add(value.node())) {
      return;
    }
    if (value.isList()) {
      value.list().forEach(inner -> repeated(inner, notes, seen));
    } else if (value.isMap()) {
      value.repeated().forEach(notes::add);
      value.fields().values().forEach(inner -> repeated(inner, notes, seen));
    }
  }

  private static Map<String, YamlValue> read(Path file, List<Path> within) {
    Path place = file.toAbsolutePath().normalize();
    Map<String, YamlValue> own = alone(file);
    YamlValue include = own.remove("include");
    Map<String, YamlValue> merged = new LinkedHashMap<>();
    if (include != null) {
      if (within.contains(place) || within.size() == MOST_INCLUDES) {
        throw include.fault(
            "leads in a circle, or deeper than " + MOST_INCLUDES + " files.",
            "Include a file that includes no other.");
      }
      List<Path> deeper = new ArrayList<>(within);
      deeper.add(place);
      for (String other : include.texts()) {
        merged.putAll(read(place.resolveSibling(other), deeper));
      }
    }
    merged.putAll(own);
    return merged;
  }

  /** The fields that a text says, as if they stood in the file. */
  static Map<String, YamlValue> said(Path file, String text) {
    return new YamlValue(file, "", parse(text)).fields();
  }

  /** The fields of one file, its includes left alone. */
  static Map<String, YamlValue> alone(Path file) {
    return new YamlValue(file, "", root(file)).fields();
  }

  private static Node root(Path file) {
    Node root;
    try {
      root = parse(Utf8.decode(InputFile.bytes(file, MOST_BYTES), file, 1));
    } catch (IOException e) {
      throw new UserError("Cannot read the task file " + file + ".", "Check the path.", e);
    } catch (MarkedYAMLException e) {
      var at = e.getProblemMark();
      throw new UserError(
          "%s, line %s, column %s: %s"
              .formatted(file, at.getLine() + 1, at.getColumn() + 1, e.getProblem()),
          "Correct the YAML there.",
          e);
    } catch (YAMLException e) {
      throw new UserError(
          file + ": " + e.getMessage().lines().findFirst().orElse("no YAML"),
          "Write the task without aliases of aliases, and rows in a data file.",
          e);
    }
    if (root == null) {
      throw new UserError(
          file + " is empty.", "Write at least task, dataset_path and doc_to_text.");
    }
    return root;
  }

  private static Node parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_BYTES);
    options.setNestingDepthLimit(MOST_DEPTH);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setAllowRecursiveKeys(false);
    StreamReader reader = new StreamReader(new StringReader(text));
    return new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
  }
}
