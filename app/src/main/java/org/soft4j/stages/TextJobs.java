package org.soft4j.stages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.Chunks;
import org.soft4j.core.JsonLines;
import org.soft4j.core.Progress;
import org.soft4j.core.Provenance;
import org.soft4j.core.Sha256;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.settings.GenerationSettings;

/**
 * Texts from a JSON Lines file, continued or scored into another one. Output lines stand in the
 * order of the input lines; the output file appears when all are there, and the finished ones of an
 * interrupted job are kept beside it for the next start.
 */
public final class TextJobs {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PROMPT = "prompt";
  private static final String NO_ROOM = "no_room";
  private static final String CAVEATS = "caveats";
  private static final Set<Caveat> TOLD_BY_FINISH = Set.of(Caveat.CUT_OFF, Caveat.NO_ROOM);
  // Lines that are computed together, and lost together when a job is interrupted.
  private static final int TEXTS = 64;
  private static final int SCORES = 256;

  private final LanguageModel model;
  private final Progress progress;
  private final Cancellation cancel;

  /** Jobs on a model, which stays the caller's. */
  public TextJobs(LanguageModel model, Progress progress, Cancellation cancel) {
    this.model = model;
    this.progress = progress;
    this.cancel = cancel;
  }

  /**
   * Refuses an output file that is there already or cannot be made; asked before a model is opened,
   * since nobody wants to hear of it afterwards.
   */
  public static void check(Path output) {
    OutputLines.check(output);
  }

  /** Refuses a file of prompts that {@link #generate} would refuse; likewise asked before. */
  public static void checkPrompts(Path input) {
    read(input, line -> line.text(PROMPT));
  }

  /** Refuses a file of pairs that {@link #score} would refuse; likewise asked before. */
  public static void checkPairs(Path input) {
    read(input, TextJobs::request);
  }

  /**
   * How texts are continued.
   *
   * @param settings how tokens are drawn, and what ends an answer
   * @param seed line i draws from a random stream of this seed and i alone
   * @param chat turns a prompt into the context; empty takes the prompt as it is
   */
  public record Writing(
      GenerationSettings settings, long seed, Optional<UnaryOperator<String>> chat) {}

  /**
   * What a job of writing came to.
   *
   * @param lines of the output
   * @param withoutRoom numbers of the input lines whose context is as long as the model's window or
   *     longer, so that nothing could be written
   * @param caveats numbers of the input lines whose answer is not plain, by what it has; what
   *     finish says already is left out
   */
  public record Written(int lines, List<Integer> withoutRoom, Map<Caveat, List<Integer>> caveats) {
    public Written {
      withoutRoom = List.copyOf(withoutRoom);
    }
  }

  /**
   * What a job of scoring came to.
   *
   * @param lines of the output
   * @param caveats numbers of the input lines whose score is not plain, by what it has
   */
  public record Scored(int lines, Map<Caveat, List<Integer>> caveats) {
    private static Scored of(List<ObjectNode> lines, List<Integer> numbers) {
      return new Scored(lines.size(), byCaveat(lines, numbers));
    }
  }

  private static Map<Caveat, List<Integer>> byCaveat(
      List<ObjectNode> lines, List<Integer> numbers) {
    Map<Caveat, List<Integer>> byCaveat = new EnumMap<>(Caveat.class);
    for (Caveat caveat : Caveat.values()) {
      List<Integer> those =
          IntStream.range(0, lines.size())
              .filter(i -> has(lines.get(i), caveat))
              .mapToObj(numbers::get)
              .toList();
      if (!those.isEmpty()) {
        byCaveat.put(caveat, those);
      }
    }
    return byCaveat;
  }

  private static boolean has(ObjectNode line, Caveat caveat) {
    return StreamSupport.stream(line.path(CAVEATS).spliterator(), false)
        .anyMatch(name -> name.asText().equals(caveat.text()));
  }

  /**
   * Continues every {@code {"prompt": …}} of a file.
   *
   * @param output gets lines {@code {"prompt", "text", "tokens", "finish"}}; tokens counts what was
   *     generated, finish is {@code stop}, {@code length}, {@code no_room}, or {@code other} where
   *     a server ended it for a reason of its own; {@code caveats} names what else keeps an answer
   *     from being a plain one, where there is such a thing
   */
  public Written generate(Path input, Path output, Writing how) {
    List<String> prompts = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    read(
        input,
        line -> {
          prompts.add(line.text(PROMPT));
          numbers.add(line.number());
        });
    List<GenerationRequest> requests = requests(prompts, how);
    List<ObjectNode> lines =
        new Job<>("generating", "prompts", requests, TEXTS)
            .<Generation>run(
                output,
                (chunks, sink) -> model.generateChunks(chunks, sink, cancel),
                (index, generation) -> written(prompts.get(index), generation));
    return new Written(
        lines.size(),
        IntStream.range(0, lines.size())
            .filter(index -> lines.get(index).path("finish").asText().equals(NO_ROOM))
            .mapToObj(numbers::get)
            .toList(),
        byCaveat(lines, numbers));
  }

  private static List<GenerationRequest> requests(List<String> prompts, Writing how) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      requests.add(
          new GenerationRequest(
              how.chat().orElse(UnaryOperator.identity()).apply(prompts.get(i)),
              how.settings().sampling(),
              how.settings().maxNewTokens(),
              how.settings().stop(),
              seed(how.seed(), i)));
    }
    return requests;
  }

  /**
   * Scores every {@code {"context": …, "continuation": …}} of a file.
   *
   * @param output gets lines {@code {"logprob", "tokens", "greedy"}}: the natural logarithm of the
   *     continuation's probability, the number of tokens it has, and whether each was the most
   *     likely one. What cannot be scored has null, 0 and false there. {@code caveats} names what
   *     keeps a line from being a plain score, where there is such a thing
   */
  public Scored score(Path input, Path output) {
    List<ScoreRequest> requests = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    read(
        input,
        line -> {
          requests.add(request(line));
          numbers.add(line.number());
        });
    List<ObjectNode> lines =
        new Job<>("scoring", "texts", requests, SCORES)
            .<Score>run(
                output,
                (chunks, sink) -> model.scoreChunks(chunks, sink, cancel),
                (index, score) -> written(score));
    return Scored.of(lines, numbers);
  }

  /** Computes the results of some chunks of requests. */
  @FunctionalInterface
  private interface Work<R, A> {
    void compute(List<List<R>> chunks, ChunkSink<A> sink);
  }

  /** Writes the line of a result. */
  @FunctionalInterface
  private interface Writer<A> {
    ObjectNode line(int request, A result);
  }

  /** Requests on their way into a file, chunk by chunk. */
  private final class Job<R> {
    private final String what;
    private final String unit;
    private final List<R> requests;
    private final int chunk;

    Job(String what, String unit, List<R> requests, int chunk) {
      this.what = what;
      this.unit = unit;
      this.requests = requests;
      this.chunk = chunk;
    }

    <A> List<ObjectNode> run(Path output, Work<R, A> work, Writer<A> writer) {
      try (OutputLines<ObjectNode> file =
              OutputLines.open(output, digest(), chunk, ObjectNode.class);
          Progress.Step step = progress.start(what, requests.size(), unit)) {
        int done = file.lines().size();
        file.lines().forEach(line -> refuseNoNumber(line, file.part()));
        step.already(done);
        ChunkSink<ObjectNode> lines =
            ChunkSink.of((part, written) -> file.add(written), step::advance);
        Chunks.inGroups(
            Chunks.of(requests.subList(done, requests.size()), chunk),
            model.chunksAtOnce(),
            (first, group) ->
                compute(
                    group,
                    work,
                    lines.after((part, a) -> lines(done + (first + part) * chunk, a, writer)),
                    file));
        file.finish();
        return file.lines();
      }
    }

    private <A> void compute(
        List<List<R>> group, Work<R, A> work, ChunkSink<A> sink, OutputLines<ObjectNode> file) {
      try {
        work.compute(group, sink);
      } catch (CancellationException stopped) {
        throw new StoppedWork(
            "%s of %s %s are kept in %s"
                .formatted(file.lines().size(), requests.size(), unit, file.part()),
            stopped);
      }
    }

    private static <A> List<ObjectNode> lines(int from, List<A> results, Writer<A> writer) {
      List<ObjectNode> lines = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        lines.add(writer.line(from + i, results.get(i)));
      }
      return lines;
    }

    /** All that the lines depend on. */
    private String digest() {
      return Sha256.of(
          List.of(
              what, model.identity().toString(), requests.toString(), "rules " + Provenance.RULES));
    }
  }

  private static void read(Path input, Consumer<JsonLines.Line> lines) {
    if (Files.notExists(input)) {
      throw new UserError("There is no file %s.".formatted(input), "Check --input.");
    }
    boolean[] found = {false};
    JsonLines.read(
        input,
        line -> {
          found[0] = true;
          lines.accept(line);
        });
    if (!found[0]) {
      throw new UserError(
          "%s holds no line.".formatted(input), "Give one object a line, as --help shows them.");
    }
  }

  private static ScoreRequest request(JsonLines.Line line) {
    String continuation = line.text("continuation");
    if (continuation.isEmpty()) {
      throw line.fault(
          "the continuation is empty.", "Give each line a continuation of at least one character.");
    }
    return new ScoreRequest(line.text("context"), continuation);
  }

  /** Earlier versions kept what a broken model gave. */
  private static void refuseNoNumber(ObjectNode line, Path part) {
    JsonNode told = line.path("logprob");
    if (line.has("logprob") && !told.isNumber() && !told.isNull()) {
      throw new UserError(
          "%s holds the log-probability %s, which is no number.".formatted(part, told),
          "Remove the file, and name another model: this one is broken.");
    }
  }

  private static ObjectNode written(String prompt, Generation generation) {
    ObjectNode line =
        JSON.objectNode()
            .put("prompt", prompt)
            .put("text", generation.text())
            .put("tokens", generation.tokens())
            .put("finish", finish(generation));
    List<String> more =
        generation.caveats().stream()
            .filter(caveat -> !TOLD_BY_FINISH.contains(caveat))
            .map(Caveat::text)
            .toList();
    if (!more.isEmpty()) {
      more.forEach(line.putArray(CAVEATS)::add);
    }
    return line;
  }

  private static String finish(Generation generation) {
    if (generation.finish() != Generation.Finish.LENGTH) {
      return generation.finish().itsOwn() ? "stop" : "other";
    }
    return generation.caveats().contains(Caveat.NO_ROOM) ? NO_ROOM : "length";
  }

  private static ObjectNode written(Score score) {
    ObjectNode line = JSON.objectNode();
    if (score.missing().isPresent()) {
      line.putNull("logprob");
    } else {
      line.put("logprob", score.logProbability());
    }
    line.put("tokens", score.tokens()).put("greedy", score.greedy());
    if (!score.caveats().isEmpty()) {
      score.caveats().stream().map(Caveat::text).forEach(line.putArray(CAVEATS)::add);
    }
    return line;
  }

  /** SplitMix64's finalizer, so that neighbouring lines get unrelated streams. */
  static long seed(long seed, int index) {
    long z = seed * 0x9E3779B97F4A7C15L + index + 1;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
