package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.report.SampleRun;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Names that would move the cursor, colour the screen or turn the direction of reading. */
@Timeout(300)
@Tag("slow")
class HostileNamesTest {
  private static final String ASCII = "a\u001b[31mb\u007fc\u0007\nd";
  // Java writes names of files in the encoding of the locale.
  private static final String NAME =
      Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('\u202e')
          ? ASCII + "\u202ee\u200bf\u0085g\u2066\u2028\u200f"
          : ASCII;
  private static final Pattern OBEYED =
      Pattern.compile(
          "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b\\u200e-\\u200f\\u2028-\\u202e\\u2066-\\u2069]");
  // These begin to work without a model.
  private static final Set<String> WORKING = Set.of("micro", "notebook", "help", "micro pretrain");
  private static final ModelOpener NO_MODEL =
      choice -> {
        throw new UserError("no model " + choice.model(), "Name one: " + choice.model());
      };

  @TempDir Path folder;

  private static Shell run(String... words) {
    return Shell.run(NO_MODEL, Progress.SILENT, words);
  }

  private static void assertHarmless(String text, String where) {
    assertFalse(OBEYED.matcher(text).find(), () -> where + ": " + text);
  }

  @Test
  void reportsAndComparisonsShowThemWrittenOut() throws IOException {
    Path first = SampleRun.write(folder.resolve(NAME));
    Path second = SampleRun.write(folder.resolve("x" + NAME));
    for (List<String> words :
        List.of(
            List.of("report", first.toString()),
            List.of("report", first.toString(), second.toString()),
            List.of("compare", first.toString(), second.toString()))) {
      Shell shell = run(words.toArray(String[]::new));
      assertEquals(0, shell.code(), shell.err());
      assertTrue(shell.out().contains("a\\u001b[31mb\\u007fc\\u0007"), shell.out());
      assertHarmless(shell.out() + shell.err(), words.get(0));
    }
    for (String page : List.of("report.html", "report.md", "comparison.html", "comparison.md")) {
      String text = Files.readString(first.resolve(page));
      assertHarmless(text, page);
      assertTrue(text.contains("u001b"), page);
    }
  }

  /** Every option of every command that takes a value, and every command's parameters. */
  @Test
  void everyCommandShowsThemWrittenOut() {
    CommandLine root = Main.commandLine(new Soft4j(NO_MODEL, Progress.SILENT));
    List<List<String>> all = new ArrayList<>();
    collect(root, List.of(), all);
    assertTrue(all.size() > 150, "command lines: " + all.size());
    int shown = 0;
    for (List<String> words : all) {
      Shell shell = run(words.toArray(String[]::new));
      String said = shell.out() + shell.err();
      assertHarmless(said, words.toString());
      shown += said.contains("\\u001b[31m") ? 1 : 0;
    }
    assertTrue(shown > 100, "lines that show the name: " + shown);
  }

  private void collect(CommandLine line, List<String> path, List<List<String>> all) {
    if (WORKING.contains(String.join(" ", path))) {
      return;
    }
    String name = folder.resolve(NAME).toString();
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (option.arity().max() > 0) {
        all.add(joined(path, option.longestName(), name));
      }
    }
    all.add(joined(path, name));
    all.add(joined(path, "--" + NAME, name));
    for (Map.Entry<String, CommandLine> each : line.getSubcommands().entrySet()) {
      collect(each.getValue(), joined(path, each.getKey()), all);
    }
  }

  private static List<String> joined(List<String> path, String... more) {
    List<String> words = new ArrayList<>(path);
    words.addAll(Arrays.asList(more));
    return words;
  }
}
