package org.soft4j.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.UserError;

/**
 * Reads unlabelled prompts from JSON Lines ({@code .jsonl}), CSV ({@code .csv}) or Parquet ({@code
 * .parquet}).
 *
 * <p>Columns: {@code prompt}, else {@code instruction} with {@code input} after an empty line where
 * there is one, else {@code text}; {@code id}, else {@code row-N} with N counted from 1; {@code
 * type}, else {@code source}, else none. Other columns are passed over.
 */
public final class PromptFiles {
  private PromptFiles() {}

  /** All prompts in the order of the file; a fault is a UserError with file and line. */
  public static List<Prompt> read(Path file) {
    List<Prompt> prompts = new ArrayList<>();
    Rows.read(
        file,
        row ->
            prompts.add(
                new Prompt(
                    row.id(prompts.size() + 1),
                    row.first("type", "source").orElse(""),
                    row.prompt())));
    if (prompts.isEmpty()) {
      throw new UserError(file + " holds no prompt.", "Give one prompt a line.");
    }
    return List.copyOf(prompts);
  }
}
