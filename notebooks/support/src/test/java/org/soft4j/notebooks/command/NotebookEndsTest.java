package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.Json;

/** However {@code ./soft4j notebook} ends, Jupyter and its kernels end with it. Real processes. */
@Timeout(400)
@Tag("slow")
class NotebookEndsTest {
  // Jupyter ends within 15 s, or is killed then; a kernel looks for it once a second.
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Duration STARTED = Duration.ofSeconds(180);
  private static final String TOKEN = "t0";

  /** SIGINT may be ignored in the process that runs the tests, and then in its children. */
  private static final String OBEDIENT =
      "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
          + " os.execv(sys.argv[1], sys.argv[1:])";

  private static final String SLEEP =
      "Files.writeString(Path.of(\"kernel.pid\"), \"\" + ProcessHandle.current().pid());"
          + " Thread.sleep(600_000);";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
  void aSignalToNotebookRunEndsItsKernelAndKeepsTheCellsThatRan(String signal, int code)
      throws Exception {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path work = folder.resolve("work");
    Path page = work.resolve("in.ipynb");
    Files.writeString(page, JupyterTest.page("1 + 1", SLEEP).text());
    Process process = started(jupyter, "run", page.toString(), "--out", "out.ipynb");
    Path note = work.resolve("kernel.pid");
    await(STARTED, "a kernel", () -> Files.exists(note) && Files.size(note) > 0);
    List<ProcessHandle> all = process.descendants().toList();
    long kernel = Long.parseLong(Files.readString(note));
    assertTrue(all.stream().anyMatch(child -> child.pid() == kernel), "the kernel is no child");

    send(signal, process.pid());

    assertEnded(process, code, all);
    NotebookFile kept = NotebookFile.read(work.resolve("out.ipynb"));
    String first = Pages.code(kept).get(0).path("outputs").toString();
    assertTrue(first.contains("\"2\""), first);
    if (!signal.equals("KILL")) {
      assertTrue(Files.exists(work.resolve("out.html")));
      String said = Files.readString(work.resolve("said"));
      assertTrue(said.contains("the cells that ran are kept in out.ipynb"), said);
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
  void aSignalToNotebookEndsJupyterLabAndItsKernels(String signal, int code) throws Exception {
    Process process = labWithAKernel();
    List<ProcessHandle> all = process.descendants().toList();
    assertTrue(all.size() >= 2, "JupyterLab and a kernel: " + all);

    send(signal, process.pid());

    assertEnded(process, code, all);
  }

  /** Nobody is left to end the kernel: it sees for itself. */
  @Test
  void aKernelEndsWhereJupyterIsKilledToo() throws Exception {
    Process process = labWithAKernel();
    List<ProcessHandle> all = process.descendants().toList();
    long jupyter = process.children().findFirst().orElseThrow().pid();

    send("KILL", process.pid());
    send("KILL", jupyter);

    assertEnded(process, 137, all);
  }

  private Process labWithAKernel() throws Exception {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path work = folder.resolve("work");
    String option = "--IdentityProvider.token=" + TOKEN;
    Path runtime = folder.resolve("runtime");
    Process process =
        started(jupyter, ".", "--", "--no-browser", "--allow-root", "--port=0", option);
    await(STARTED, "a server", () -> address(runtime).isPresent());
    String kernels = address(runtime).orElseThrow() + "api/kernels?token=" + TOKEN;
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest begin =
        HttpRequest.newBuilder(URI.create(kernels))
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"soft4j\"}"))
            .build();
    assertEquals(201, client.send(begin, HttpResponse.BodyHandlers.ofString()).statusCode());
    // The kernel can be asked once its extension is there.
    await(STARTED, "a kernel", () -> process.descendants().anyMatch(NotebookEndsTest::kernel));
    Thread.sleep(4000);
    assertTrue(process.isAlive(), () -> read(work.resolve("said")));
    return process;
  }

  private static boolean kernel(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains("jjava.jar")).isPresent();
  }

  private static java.util.Optional<String> address(Path runtime) throws IOException {
    if (!Files.isDirectory(runtime)) {
      return java.util.Optional.empty();
    }
    try (var inside = Files.list(runtime)) {
      return inside
          .filter(file -> file.getFileName().toString().matches("jpserver-\\d+\\.json"))
          .filter(file -> read(file).strip().endsWith("}"))
          .map(file -> Json.read(read(file), JsonNode.class, "server").path("url").asText())
          .findFirst();
    }
  }

  private Process started(TestJupyter jupyter, String... words) throws IOException {
    Path python = Path.of(jupyter.jupyter().python().command());
    List<String> all = new ArrayList<>(List.of(python.toString(), "-c", OBEDIENT));
    all.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    all.add("-Dsoft4j.home=" + Path.of("../..").toAbsolutePath().normalize());
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.soft4j.cli.Main"));
    all.addAll(List.of("notebook"));
    boolean run = words[0].equals("run");
    all.addAll(run ? List.of("run") : List.of());
    all.addAll(List.of("--venv", python.getParent().getParent().toString()));
    all.addAll(List.of(words).subList(run ? 1 : 0, words.length));
    Path work = folder.resolve("work");
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("said").toFile());
    builder.environment().putAll(jupyter.setting().environment());
    builder.environment().put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
    builder.environment().put("JUPYTER_CONFIG_DIR", folder.resolve("config").toString());
    return builder.start();
  }

  private static void send(String signal, long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, "" + pid).start().waitFor());
  }

  private void assertEnded(Process process, int code, List<ProcessHandle> all) throws Exception {
    assertTrue(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), "it goes on");
    assertEquals(code, process.exitValue(), () -> read(folder.resolve("work/said")));
    await(
        SOON,
        "the end of " + all,
        () -> all.stream().noneMatch(child -> child.isAlive() && !dead(child.pid())));
  }

  /** Ended, but not collected by its parent: in containers often nobody does. */
  private static boolean dead(long pid) {
    String stat = read(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException absent) {
      return "";
    }
  }

  private void await(Duration most, String what, Callable<Boolean> there) throws Exception {
    Instant end = Instant.now().plus(most);
    while (!there.call()) {
      assertTrue(
          Instant.now().isBefore(end),
          () -> "no " + what + " within " + most + ": " + read(folder.resolve("work/said")));
      Thread.sleep(200);
    }
  }
}
