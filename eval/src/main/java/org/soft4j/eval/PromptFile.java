package org.soft4j.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;

/**
 * What a model is asked, word for word, kept beside the samples so that a report shows it without
 * the benchmark's files: tasks/NAME-Kshot.prompts.jsonl, a line per item. What is asked after a
 * first answer, such as the second turn of a conversation, is not in it: it holds the answer.
 */
public final class PromptFile {
  // What is beyond either bound is left out, and a report says so.
  private static final int MOST_LETTERS = 48 << 20;
  private static final int MOST_ITEM = 2 << 20;

  private PromptFile() {}

  /**
   * What is asked for one item.
   *
   * @param item its id
   * @param contexts the distinct texts that stand before
   * @param asked in the order of the sample's answers
   */
  public record Prompt(String item, List<String> contexts, List<Asked> asked) {
    /** Copies the lists. */
    public Prompt {
      contexts = List.copyOf(contexts);
      asked = List.copyOf(asked);
    }

    static Prompt of(String item, List<TaskRequest> requests) {
      Map<String, Integer> contexts = new LinkedHashMap<>();
      List<Asked> asked =
          requests.stream()
              .map(
                  request -> {
                    boolean rolling = request instanceof TaskRequest.Rolling;
                    String context = rolling ? "" : request.context();
                    int at = contexts.computeIfAbsent(context, key -> contexts.size());
                    return new Asked(at, continuation(request));
                  })
              .toList();
      return new Prompt(item, List.copyOf(contexts.keySet()), asked);
    }

    private static String continuation(TaskRequest request) {
      if (request instanceof TaskRequest.Likelihood likelihood) {
        return likelihood.continuation();
      }
      return request instanceof TaskRequest.Rolling rolling ? rolling.text() : "";
    }

    /** How long it is. */
    public int letters() {
      return contexts.stream().mapToInt(String::length).sum()
          + asked.stream().mapToInt(a -> a.continuation().length()).sum();
    }
  }

  /**
   * One request.
   *
   * @param context number of the text that stands before
   * @param continuation whose likelihood is asked for; empty where the model writes
   */
  public record Asked(
      int context, @JsonInclude(JsonInclude.Include.NON_EMPTY) String continuation) {
    /** A request whose continuation is not in the file has none. */
    public Asked {
      continuation = continuation == null ? "" : continuation;
    }
  }

  /** Writes what is asked for a task's items. */
  static void write(Path root, String task, int shots, Iterable<Prompt> prompts) {
    StringBuilder lines = new StringBuilder();
    for (Prompt prompt : prompts) {
      if (prompt.letters() <= MOST_ITEM && lines.length() <= MOST_LETTERS) {
        lines.append(Json.line(prompt)).append('\n');
      }
    }
    WholeFile.write(file(root, task, shots), lines.toString());
  }

  /** Reads it by item; empty where an earlier version did not keep it. */
  public static Map<String, Prompt> read(Path root, String task, int shots) {
    Path file = file(root, task, shots);
    Map<String, Prompt> prompts = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      Json.readLines(file, Prompt.class).forEach(prompt -> prompts.put(prompt.item(), prompt));
    }
    return prompts;
  }

  static Path file(Path root, String task, int shots) {
    return root.resolve("tasks").resolve(task + "-" + shots + "shot.prompts.jsonl");
  }
}
