package org.soft4j.notebooks.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.Json;

/**
 * How Jupyter starts the Java kernel with soft4j in it.
 *
 * @param command words; {@code {connection_file}} stands where Jupyter puts its file
 * @param environment variables on top of Jupyter's own
 */
record KernelSpec(List<String> command, Map<String, String> environment) {
  /** As notebooks name it. */
  static final String NAME = "soft4j";

  /** As people see it. */
  static final String TITLE = "soft4j (Java)";

  private static final List<String> KEPT =
      List.of("SOFT4J_HOME", "SOFT4J_DATA", "SOFT4J_HEAP", "SOFT4J_TORCH", "JAVA_HOME");

  /**
   * The kernel that the launcher starts: class path, heap bound, offline settings and graphics card
   * are then those of the command line.
   *
   * @param environment of this process, of which what soft4j reads is kept
   */
  static KernelSpec launched(Path launcher, Path kernelJar, Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>();
    KEPT.stream()
        .filter(environment::containsKey)
        .forEach(name -> kept.put(name, environment.get(name)));
    kept.putIfAbsent("SOFT4J_HOME", Home.kept().toString());
    kept.put("SOFT4J_HEAP", environment.getOrDefault("SOFT4J_HEAP", "2g"));
    kept.put("OMP_WAIT_POLICY", "passive");
    return new KernelSpec(
        List.of(launcher.toString(), "notebook-kernel", kernelJar.toString(), "{connection_file}"),
        kept);
  }

  /** The content of kernel.json. */
  String json() {
    ObjectNode spec = Json.mapper().createObjectNode();
    command.forEach(spec.putArray("argv")::add);
    spec.put("display_name", TITLE);
    spec.put("language", "java");
    // JJava obeys a message; a signal would end it.
    spec.put("interrupt_mode", "message");
    environment.forEach(spec.putObject("env")::put);
    return Json.pretty(spec);
  }
}
