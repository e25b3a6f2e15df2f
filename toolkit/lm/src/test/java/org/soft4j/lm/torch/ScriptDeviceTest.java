package org.soft4j.lm.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * TorchScript makes new tensors on the processor unless told otherwise, which no test without a GPU
 * would notice. So every call that makes one says where, in every file.
 */
class ScriptDeviceTest {
  private static final Pattern FACTORY =
      Pattern.compile(
          "torch\\.(?:zeros|ones|empty|full|arange|tensor|rand|randn|randint|eye|linspace)\\(");

  @Test
  void everyNewTensorNamesItsDevice() throws IOException {
    List<String> silent = new ArrayList<>();
    int calls = 0;
    for (Path file : sources()) {
      String text = Files.readString(file);
      Matcher factory = FACTORY.matcher(text);
      while (factory.find()) {
        calls++;
        String call = call(text, factory.start(), factory.end());
        if (!call.contains("device=")) {
          silent.add(file.getFileName() + ": " + call);
        }
      }
    }
    assertEquals(List.of(), silent);
    assertTrue(calls > 8, "the scripts were found: " + calls);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/torchscript"))) {
      return files.filter(file -> file.toString().endsWith(".py")).sorted().toList();
    }
  }

  private static String call(String text, int start, int open) {
    int end = open;
    for (int depth = 1; depth > 0; end++) {
      depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
    }
    return text.substring(start, end);
  }
}
