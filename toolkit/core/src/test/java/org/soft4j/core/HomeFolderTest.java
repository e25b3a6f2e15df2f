package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFolderTest {
  @TempDir Path folder;

  @Test
  void fetchedSetsAreTheDataFolderWhereNoneIsNamed() throws IOException {
    Map<String, String> home = Map.of("SOFT4J_HOME", folder.toString());
    assertEquals(Optional.empty(), HomeFolder.data(home), "nothing was fetched yet");
    Path cache = Files.createDirectory(folder.resolve("datasets"));
    assertEquals(Optional.of(cache), HomeFolder.data(home));
    Path own = Files.createDirectory(folder.resolve("own"));
    Map<String, String> named =
        Map.of("SOFT4J_HOME", folder.toString(), "SOFT4J_DATA", own.toString());
    assertEquals(Optional.of(own), HomeFolder.data(named));
  }

  @Test
  void aNamedFolderThatIsMissingIsNotReplacedByAnother() throws IOException {
    Files.createDirectory(folder.resolve("datasets"));
    Map<String, String> mistyped =
        Map.of("SOFT4J_HOME", folder.toString(), "SOFT4J_DATA", folder + "/dta");
    assertEquals(Optional.empty(), HomeFolder.data(mistyped));
  }
}
