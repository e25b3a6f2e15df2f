package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.OpenedModel;

/** What becomes of a command whose words nobody gets. */
class ScreenTest {
  @Test
  void outputThatIsLostIsNoSuccess() {
    assertEquals(2, listWrittenTo("No space left on device"));
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoError() {
    assertEquals(0, listWrittenTo("Broken pipe"));
  }

  private static int listWrittenTo(String failure) {
    Soft4j root =
        new Soft4j(choice -> new OpenedModel(new FakeModel(), Optional.empty()), Progress.SILENT);
    return Main.run(root, new Screen(failing(failure)), "models", "list");
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
