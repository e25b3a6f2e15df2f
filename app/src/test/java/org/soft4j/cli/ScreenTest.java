package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.OpenedModel;

/** What becomes of a command whose words nobody gets, in the language of any system. */
class ScreenTest {
  @Test
  void outputThatIsLostIsNoSuccess() {
    assertEquals(2, listWrittenTo("Auf dem Gerät ist kein Speicherplatz mehr verfügbar", false));
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoError() {
    assertEquals(0, listWrittenTo("Datenübergabe unterbrochen", true));
  }

  private static int listWrittenTo(String failure, boolean read) {
    Soft4j root =
        new Soft4j(choice -> new OpenedModel(new FakeModel(), Optional.empty()), Progress.SILENT);
    return Main.run(root, new Screen(failing(failure), read), "models", "list");
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int letter) throws IOException {
        throw new IOException(why);
      }
    };
  }
}
