package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.lm.open.LocalOpening;

/**
 * A change of the code's structure changes no byte of what commands write: a micro run, an
 * evaluation, an export, and labels and answers of the real model are held by their digests.
 *
 * <p>The last bits of a product depend on the processor, so digests are kept for each kind of it,
 * in bytes.json. On another kind the test is skipped and leaves its digests in target.
 */
class SameBytesTest {
  private static final Path KNOWN = Path.of("src/test/resources/org/soft4j/cli/bytes.json");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String REAL = "smollm2-135m-instruct";
  private static final String RESULTS =
      ".*(labels|dropped|difficulty|-[013]shot|tasks/\\w+)\\.jsonl|.*\\.csv|.*\\.safetensors"
          + "|.*samples_.*\\.jsonl";

  @TempDir Path folder;

  @Test
  void aMicroRunAndItsEvaluationAndExport() throws IOException {
    run("run micro --rounds 2 --limit 12 --seed 7 --out @/run");
    run(
        "eval --model micro-1 --adapter @/run/round-2/adapter --limit 12"
            + " --tasks micro_truth,micro_hhh,micro_answers --shots 0,1 --out @/eval");
    run("export lm-eval @/eval --as kept --out @/exported");
    compare("micro");
  }

  @Test
  void labelsAndAnswersOfTheRealModel() throws IOException {
    Path models = Path.of(System.getProperty("user.home"), ".soft4j/models");
    assumeTrue(Files.exists(models.resolve(REAL)), "not fetched: ./soft4j models fetch " + REAL);
    Files.writeString(
        folder.resolve("prompts.jsonl"),
        "{\"prompt\": \"Name three primary colours.\"}\n"
            + "{\"prompt\": \"Why is the sky blue?\"}\n"
            + "{\"prompt\": \"Write one line about rain.\"}\n");
    Files.writeString(
        folder.resolve("pairs.jsonl"),
        "{\"context\": \"The capital of France is\", \"continuation\": \" Paris.\"}\n"
            + "{\"context\": \"The capital of Fra\", \"continuation\": \"nce is Paris.\"}\n");
    run(
        "label --preset smollm2 --model %s --prompts @/prompts.jsonl --pool helpful --out @/labels"
            .formatted(REAL));
    run("score --model %s --input @/pairs.jsonl --output @/samples_scores.jsonl".formatted(REAL));
    compare(REAL);
  }

  private void run(String command) {
    String[] words = command.replace("@", folder.toString()).split(" ");
    Shell shell = Shell.run(LocalOpening::open, words);
    assertEquals(0, shell.code(), shell.err());
  }

  private void compare(String what) throws IOException {
    Map<String, String> found = digests();
    String processor = processor();
    var known = JSON.readTree(KNOWN.toFile()).path(processor).path(what);
    if (known.isMissingNode()) {
      ObjectNode whole = JSON.createObjectNode();
      whole.putObject(processor).set(what, JSON.valueToTree(found));
      JSON.writeValue(Path.of("target/bytes-" + what + ".json").toFile(), whole);
    }
    assumeTrue(
        !known.isMissingNode(),
        "bytes.json has no digests for " + processor + "; app/target/bytes-" + what + ".json has");
    assertEquals(lines(JSON.convertValue(known, TreeMap.class)), lines(found));
  }

  private static String lines(Map<?, ?> digests) {
    return digests.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  private Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        if (name.matches(RESULTS)) {
          digests.put(name.replaceAll("_20\\d\\d-[^/]*\\.", "."), digest(path));
        }
      }
    }
    return digests;
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)), 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Maker and vector instructions, since matrix products choose their code by them. */
  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
    List<String> lines = Files.readAllLines(info, StandardCharsets.UTF_8);
    TreeSet<String> names = new TreeSet<>();
    for (String line : lines) {
      String[] field = line.split("\\s*:\\s*", 2);
      if (field[0].equals("vendor_id")) {
        names.add(field[1]);
      } else if (field[0].equals("flags")) {
        Stream.of(field[1].split(" "))
            .filter(flag -> flag.matches("avx2|avx512(f|bw|_bf16|_fp16|_vnni)|amx_(bf16|int8)"))
            .forEach(names::add);
      }
    }
    return String.join(" ", names);
  }
}
