package org.soft4j.speed.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Evaluates an endpoint with many calls under way. The server answers after a fixed time, so that
 * the best there can be is known: calls / concurrency times that time.
 */
@Command(name = "endpoint", description = "eval of an endpoint, 64 calls under way.")
final class EndpointLoad implements Callable<Integer> {
  private static final int MILLIS = 50;

  @Option(names = "--calls", split = ",", defaultValue = "2000,4000,8000")
  private List<Integer> calls;

  @Option(names = "--concurrency", defaultValue = "64")
  private int concurrency;

  @Option(names = "--work", required = true)
  private Path work;

  @Override
  public Integer call() throws IOException {
    List<Sample> samples = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (int count : calls) {
      try (SlowServer server = new SlowServer(MILLIS)) {
        samples.addAll(
            Child.run(
                work.resolve("endpoint-" + count + ".log"),
                List.of(Long.MAX_VALUE),
                () -> count,
                arguments(count, server)));
        said.add(
            String.format(
                Locale.ROOT,
                "%,d calls asked, %,d answered, at most %d at once; %.1f s from the first to the"
                    + " last, %.1f s if no call ever waited",
                count,
                server.answered(),
                server.most(),
                server.seconds(),
                Math.ceil((double) count / concurrency) * MILLIS / 1000.0));
      }
    }
    int code =
        new Growth("eval of an endpoint, concurrency " + concurrency, "calls", samples, false)
            .print(System.out);
    System.out.println();
    said.forEach(line -> System.out.println("- " + line));
    return code;
  }

  private List<String> arguments(int count, SlowServer server) {
    Path include = work.resolve("tasks-" + count);
    Path rows = include.resolve("rows.jsonl");
    WholeFile.write(
        rows,
        Json.lines(
            IntStream.range(0, count)
                .mapToObj(i -> Map.of("q", "Say number " + i + ".", "a", "" + i))
                .toList()));
    WholeFile.write(
        include.resolve("echoes.yaml"),
        """
        task: echoes
        dataset_path: json
        dataset_kwargs:
          data_files:
            test: rows.jsonl
        test_split: test
        output_type: generate_until
        doc_to_text: "{{q}}"
        doc_to_target: "{{a}}"
        generation_kwargs:
          until: ["."]
          max_gen_toks: 16
        metric_list:
          - metric: exact_match
        """);
    return List.of(
        "eval",
        "--tasks",
        "echoes",
        "--include",
        include.toString(),
        "--model",
        server.address() + "#stand-in",
        "--concurrency",
        "" + concurrency,
        "--max-cost",
        "0",
        "--price-in",
        "0",
        "--price-out",
        "0",
        "--out",
        work.resolve("endpoint-" + count).toString());
  }
}
