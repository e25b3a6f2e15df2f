package org.soft4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import picocli.CommandLine;

/** Runs commands as a user would and keeps what they print. */
record Shell(int code, String out, String err) {
  /** A file of one line that score can read, for what comes after its reading. */
  static String pairs(Path folder) throws IOException {
    return Files.writeString(
            folder.resolve("pairs"), "{\"context\": \"a\", \"continuation\": \" b\"}\n")
        .toString();
  }

  static Shell run(String... arguments) {
    return run(choice -> new OpenedModel(new FakeModel(), Optional.empty()), arguments);
  }

  static Shell run(ModelOpener opener, String... arguments) {
    return run(opener, Progress.SILENT, arguments);
  }

  static Shell run(ModelOpener opener, Progress progress, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Main.commandLine(new Soft4j(opener, progress))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int code = line.execute(arguments);
    return new Shell(code, out.toString(), err.toString());
  }
}
