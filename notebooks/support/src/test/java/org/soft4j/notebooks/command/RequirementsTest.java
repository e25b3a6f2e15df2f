package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequirementsTest {
  private final Requirements needed = Requirements.read(Path.of("../requirements.txt"));

  @Test
  void everyPackageIsPinned() {
    assertEquals(
        List.of("jjava", "jupyterlab", "nbclient", "nbconvert", "nbformat"),
        List.copyOf(needed.versions().keySet()));
  }

  @Test
  void theFirstNumberMustAgreeAndForTheKernelAllOfIt() {
    Requirements two = new Requirements(Path.of("r"), Map.of("jjava", "1.0a8", "nbclient", "0.11"));

    assertEquals(List.of(), two.missing(Map.of("jjava", "1.0a8", "nbclient", "0.10.2")));
    assertEquals(
        List.of("jjava 1.0a8 (found 1.0a7)"),
        two.missing(Map.of("jjava", "1.0a7", "nbclient", "0.11")));
    assertTrue(two.missing(Map.of()).containsAll(List.of("jjava", "nbclient")));
  }
}
