package org.soft4j.lm.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of src/main/torchscript, and what Java knows of them. */
class TorchSourceTest {
  private static final Path FILES = Path.of("src/main/torchscript");
  private static final Path JAVA = Path.of("src/main/java");
  private static final Pattern IMPORTED = Pattern.compile("(?m)^from \\.(\\w*) import (.+)$");
  private static final Pattern USED = Pattern.compile("self\\.(\\w+)(?![\\w(])");

  private static Map<String, String> files(Path folder, String end) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      Map<String, String> files = new TreeMap<>();
      for (Path path : (Iterable<Path>) paths.filter(p -> p.toString().endsWith(end))::iterator) {
        files.put(path.getFileName().toString().replace(end, ""), Files.readString(path));
      }
      return files;
    }
  }

  private static boolean isPart(String text) {
    return text.contains("\nclass ");
  }

  @Test
  void libtorchsSpellingOfAPart() {
    TorchSource source = TorchSource.of("spellings");
    // By hand from the file, and the rules in TorchSource's comment.
    assertEquals(
        """
        def base(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.silu(x).to(6)
        def spelled(self: __torch__.M, x: Tensor) -> Tensor:
            y = ops.aten.linear(x, self.ws[5])
            n = torch.linalg_vector_norm(y, 2)
            return self.base(y.masked_fill(n > 1e-4, -inf))
        """,
        source.methods());
    assertEquals(
        Map.of(
            "ws", "List[Tensor]",
            "eights", "List[__torch__.torch.classes.quantized.LinearPackedParamsBase]"),
        source.attributes());
  }

  @Test
  void aConstantThatNobodyDefinesIsRefused() {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> TorchSource.of("unknown_constant"));
    assertEquals(
        "unknown_constant.py uses layout.HAED, which nobody defines.", refused.getMessage());
  }

  @Test
  void twoMethodsOfOneNameAreRefused() {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> TorchSource.of("plain_products", "packed_products"));
    assertEquals(
        "packed_products.py defines pack, and so does another part.", refused.getMessage());
  }

  /** Java names the parts of a module; a part or a file of constants may be imported by another. */
  @Test
  void everyFileIsUsed() throws IOException {
    Map<String, String> files = files(FILES, ".py");
    String java = String.join("", files(JAVA, ".java").values());
    Deque<String> reached =
        files.keySet().stream()
            .filter(name -> java.contains("\"" + name + "\""))
            .collect(Collectors.toCollection(ArrayDeque::new));
    Set<String> used = new TreeSet<>();
    while (!reached.isEmpty()) {
      String name = reached.remove();
      if (used.add(name)) {
        IMPORTED
            .matcher(files.get(name))
            .results()
            .flatMap(i -> Stream.of((i.group(1).isEmpty() ? i.group(2) : i.group(1)).split(", ")))
            .forEach(reached::add);
      }
    }
    assertEquals(files.keySet(), used);
    assertTrue(used.size() > 20, "the files were found: " + used);
  }

  /** As Python code would have to, each class declares what it reads, or inherits it. */
  @Test
  void everyPartDeclaresTheAttributesItUses() throws IOException {
    Map<String, String> files = files(FILES, ".py");
    for (String name : files.keySet()) {
      if (isPart(files.get(name))) {
        Set<String> declared = TorchSource.of(name).attributes().keySet();
        USED.matcher(files.get(name))
            .results()
            .forEach(used -> assertTrue(declared.contains(used.group(1)), name + used.group()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "layout,   org.soft4j.lm.layer.LayerLayout",
    "tree,     org.soft4j.lm.local.TreeLayout",
    "sampling, org.soft4j.lm.local.TokenLayout",
    "batch,    org.soft4j.lm.train.BatchLayout",
  })
  void javaKnowsTheNamesOfItsFile(String file, String type) throws Exception {
    Map<String, String> java = new TreeMap<>();
    for (Field field : Class.forName(type).getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
        field.setAccessible(true);
        java.put(field.getName(), String.valueOf(field.getInt(null)));
      }
    }
    if (file.equals("batch")) {
      Object[] slots = Class.forName("org.soft4j.lm.train.LinearSlot").getEnumConstants();
      for (Object slot : slots) {
        java.put(slot.toString(), String.valueOf(((Enum<?>) slot).ordinal()));
      }
      java.put("LINEARS", String.valueOf(slots.length));
    }
    assertEquals(new TreeMap<>(TorchSource.constants(file)), java);
  }

  @Test
  void slotsAreMadeForTheRowsThatKernelsLike() throws Exception {
    Field rows = Class.forName("org.soft4j.lm.local.Decoder").getDeclaredField("ROWS");
    rows.setAccessible(true);
    assertEquals(TorchSource.constants("kernel").get("ROWS"), String.valueOf(rows.getInt(null)));
  }

  /** Names that Java does not share are there for the files, each of them. */
  @Test
  void everyNameOfTheFilesOwnIsUsed() throws IOException {
    String scripts = String.join("", files(FILES, ".py").values());
    for (String file : List.of("kernel", "kept")) {
      Set<String> names = TorchSource.constants(file).keySet();
      assertTrue(names.size() > 5, file);
      names.forEach(
          n -> assertTrue(Pattern.compile(file + "\\." + n + "\\b").matcher(scripts).find(), n));
    }
  }

  @Test
  void numberFormatsAndPlacesHaveNames() throws IOException {
    Pattern bare =
        Pattern.compile("dtype ?(?:=|==) ?\\d|\\.to\\(\\d|ws\\[\\d|linears\\[\\d|\\d \\* layer");
    List<String> found = new ArrayList<>();
    files(FILES, ".py")
        .forEach(
            (name, text) -> bare.matcher(text).results().forEach(m -> found.add(name + m.group())));
    assertEquals(List.of(), found);
  }

  @Test
  void noTorchScriptStandsInJava() throws IOException {
    Pattern method = Pattern.compile("def \\w+\\(self");
    assertEquals(
        List.of(),
        files(JAVA, ".java").entrySet().stream()
            .filter(file -> method.matcher(file.getValue()).find())
            .map(Map.Entry::getKey)
            .toList());
  }
}
