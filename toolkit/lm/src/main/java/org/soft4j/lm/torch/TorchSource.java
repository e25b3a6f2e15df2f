package org.soft4j.lm.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TorchScript put together from files of {@code src/main/torchscript}, which are Python that
 * PyTorch's own {@code torch.jit.script} compiles as it stands.
 *
 * <p>A file holds either a class, one part of a module, or named constants. A part is what its
 * class and the classes it inherits from define, as in Python; bases are imported by {@code from
 * .file import Class}, constants by {@code from . import file}. A module is one part or several
 * side by side.
 *
 * <p>libtorch knows operators and numbers, but no Python modules; so Python's spellings are
 * exchanged for libtorch's: {@code F.silu} for {@code torch.silu}, {@code torch.float32} for 6,
 * {@code layout.HEAD} for 5, and so on.
 *
 * @param methods in libtorch's spelling, not indented
 * @param attributes types of what the methods use after {@code self.}, by name
 */
public record TorchSource(String methods, Map<String, String> attributes) {
  private static final Pattern DOCSTRING = Pattern.compile("(?ms)^ *\"\"\".*?\"\"\"\\n");
  private static final Pattern COMMENT = Pattern.compile("(?m)^ *#.*\\n| +#.*$");
  private static final Pattern CLASS = Pattern.compile("(?m)^class \\w+(?:\\(([\\w, ]+)\\))?:\\n");
  private static final Pattern BASE = Pattern.compile("(?m)^from \\.(\\w+) import (\\w+)$");
  private static final Pattern CONSTANTS = Pattern.compile("(?m)^from \\. import ([\\w, ]+)$");
  private static final Pattern CONSTANT =
      Pattern.compile("(?m)^([A-Z][A-Z0-9_]*) = (-?[0-9][0-9.e-]*)$");
  private static final Pattern NATIVE_CLASS =
      Pattern.compile("(?m)^(\\w+) = (torch\\.classes\\.[\\w.]+)$");
  private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^ {4}(\\w+): (.+)\\n");
  private static final Pattern EXPRESSION = Pattern.compile("\\b[A-Za-z_]\\w*(?:\\.\\w+)*\\b");
  private static final Pattern METHOD = Pattern.compile("(?m)^( +def (\\w+)\\(self)\\b");

  public TorchSource {
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /**
   * Reads parts.
   *
   * @param parts names of files, without {@code .py}
   * @throws IllegalArgumentException if a file is missing, is no part, or does not go with another
   */
  public static TorchSource of(String... parts) {
    Assembly assembly = new Assembly();
    for (String part : parts) {
      assembly.add(part);
    }
    return new TorchSource(assembly.methods.toString().indent(-4), assembly.attributes);
  }

  /** Named constants of a file, as they are written there. */
  public static Map<String, String> constants(String file) {
    Map<String, String> constants = new LinkedHashMap<>();
    CONSTANT.matcher(text(file)).results().forEach(c -> constants.put(c.group(1), c.group(2)));
    return constants;
  }

  /** Parts put together so far, each once. */
  private static final class Assembly {
    private final StringBuilder methods = new StringBuilder();
    private final Map<String, String> attributes = new HashMap<>();
    private final Set<String> parts = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    void add(String part) {
      if (!parts.add(part)) {
        return;
      }
      String text = text(part);
      Matcher begin = CLASS.matcher(text);
      if (!begin.find()) {
        throw new IllegalArgumentException("There is no class in " + part + ".py.");
      }
      String head = text.substring(0, begin.start());
      for (String base : begin.group(1) == null ? new String[0] : begin.group(1).split(", ")) {
        add(file(base, head, part));
      }
      String body = new Spelling(part, words(head)).of(text.substring(begin.end()));
      int first = body.contains("    def ") ? body.indexOf("    def ") : body.length();
      ATTRIBUTE
          .matcher(body.substring(0, first))
          .results()
          .forEach(found -> declare(found.group(1), found.group(2), part));
      methods.append(METHOD.matcher(body.substring(first)).replaceAll(found -> typed(found, part)));
    }

    private void declare(String name, String type, String part) {
      String before = attributes.put(name, type);
      if (before != null && !before.equals(type)) {
        throw new IllegalArgumentException(
            "%s is %s in %s.py, and %s elsewhere.".formatted(name, type, part, before));
      }
    }

    /** Python would take the first of two methods of one name; libtorch takes neither. */
    private String typed(MatchResult found, String part) {
      if (!names.add(found.group(2))) {
        throw new IllegalArgumentException(
            "%s.py defines %s, and so does another part.".formatted(part, found.group(2)));
      }
      return found.group(1) + ": __torch__.M";
    }
  }

  private static String file(String base, String head, String part) {
    return BASE.matcher(head)
        .results()
        .filter(found -> found.group(2).equals(base))
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(part + ".py does not import " + base + "."));
  }

  /** Expressions that stand for another one wherever they are met. */
  private static Map<String, String> words(String head) {
    Map<String, String> words = new HashMap<>(Map.of("math.inf", "inf"));
    ScalarType.expressions().forEach((name, code) -> words.put(name, "" + code));
    Matcher imported = CONSTANTS.matcher(head);
    if (imported.find()) {
      for (String file : imported.group(1).split(", ")) {
        constants(file).forEach((name, value) -> words.put(file + "." + name, value));
        words.put(file + ".", "");
      }
    }
    NATIVE_CLASS
        .matcher(head)
        .results()
        .forEach(found -> words.put(found.group(1), "__torch__." + found.group(2)));
    return words;
  }

  /** libtorch's spelling of Python's expressions in one file. */
  private record Spelling(String part, Map<String, String> words) {
    String of(String python) {
      return EXPRESSION.matcher(python).replaceAll(found -> Matcher.quoteReplacement(of(found)));
    }

    private String of(MatchResult found) {
      String name = found.group();
      String word = words.get(name);
      if (word != null) {
        return word;
      }
      if (name.contains(".") && words.containsKey(name.substring(0, name.indexOf('.') + 1))) {
        throw new IllegalArgumentException(part + ".py uses " + name + ", which nobody defines.");
      }
      return name.startsWith("F.")
          ? "torch" + name.substring(1)
          : name.replaceFirst("^torch\\.ops\\.", "ops.")
              .replaceFirst("^torch\\.linalg\\.", "torch.linalg_");
    }
  }

  private static String text(String file) {
    String name = "/torchscript/" + file + ".py";
    try (InputStream in = TorchSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no " + name + " on the class path.");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text = DOCSTRING.matcher(text.replace("\r\n", "\n")).replaceAll("");
      return COMMENT.matcher(text).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
