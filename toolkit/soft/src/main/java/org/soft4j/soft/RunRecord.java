package org.soft4j.soft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.Provenance;
import org.soft4j.core.Resolved;
import org.soft4j.core.RunFolder;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.lm.Computation;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;

/** run.json: everything that makes a run's numbers comparable, and the guard of a resume. */
public final class RunRecord {
  /** Version of the run folder's layout. */
  static final int SCHEMA = 1;

  private static final String FILE = "run.json";
  private static final String RULES = "rules";
  private static final String CAVEATS = "caveats";
  private static final String COMPUTATION = "computation";
  // Sources that change what is measured; a record of an earlier version may lack them.
  private static final List<String> SOURCE_GUARD = List.of("judge.", "eval.", "options.", "shots");
  private static final List<String> MODEL_GUARD = List.of("digest", "dtype", "device", "threads");

  private RunRecord() {}

  /**
   * Writes run.json, or compares with the one that is there.
   *
   * @param resume whether a run may be there
   * @param allowChanges whether differences are accepted and recorded
   * @return one line per accepted difference; that other kernels compute from here on is always
   *     accepted, and told as a caveat
   */
  static List<String> establish(
      RunFolder folder,
      Resolved<SoftSettings> settings,
      Contamination.Cleaned cleaned,
      LanguageModel model,
      boolean resume,
      boolean allowChanges) {
    ObjectNode now = describe(settings, cleaned, model.identity());
    model.computation().ifPresent(c -> now.set(COMPUTATION, Json.mapper().valueToTree(c)));
    if (!folder.has(FILE)) {
      folder.write(FILE, Json.pretty(now));
      return List.of();
    }
    if (!resume) {
      throw new UserError(
          "The folder " + folder.root() + " already holds a run.",
          "Add --resume to go on with it, or choose another folder with --out.");
    }
    ObjectNode was = Json.read(folder.read(FILE), ObjectNode.class, FILE);
    List<String> changes = new ArrayList<>(differences(was, now));
    // To a run that has come to its end nothing is added, unless more is asked of it.
    if (!folder.has(SoftRun.RESULT) || !changes.isEmpty()) {
      compare(
          RULES, was.has(RULES) ? was.path(RULES) : IntNode.valueOf(1), now.path(RULES), changes);
    }
    if (!changes.isEmpty()) {
      refuseUnless(allowChanges, folder.root(), changes);
      ArrayNode all = was.withArray("changes").deepCopy();
      changes.forEach(all::add);
      now.set("changes", all);
      if (was.has(CAVEATS)) {
        now.set(CAVEATS, was.get(CAVEATS));
      }
      folder.write(FILE, Json.pretty(now));
    }
    if (!folder.has(SoftRun.RESULT)) {
      changes.addAll(otherKernels(folder, was, model));
    }
    return changes;
  }

  /**
   * Adds what a reader of the run's numbers should know, once, to the run.json of a run that this
   * thread is at work on.
   *
   * @param run its folder
   */
  public static void addCaveat(Path run, String text) {
    try (RunFolder folder = RunFolder.open(run, FolderKind.RUN)) {
      addCaveat(folder, text);
    }
  }

  /** A run begun by an earlier version does not say which kernels computed. */
  private static List<String> otherKernels(RunFolder folder, ObjectNode was, LanguageModel model) {
    List<String> others =
        model
            .computation()
            .map(now -> Computation.Kernels.differences(was.path(COMPUTATION), now))
            .orElse(List.of());
    if (others.isEmpty()) {
      return List.of();
    }
    String caveat =
        "gone on with by other kernels (%s): numbers before and after agree within rounding, not to"
                .formatted(String.join("; ", others))
            + " the last digit";
    addCaveat(folder, caveat);
    return List.of(caveat);
  }

  /** Adds what a reader of the run's numbers should know, once; a run without any has no entry. */
  public static void addCaveat(RunFolder folder, String text) {
    ObjectNode record = Json.read(folder.read(FILE), ObjectNode.class, FILE);
    for (JsonNode told : record.path(CAVEATS)) {
      if (told.asText().equals(text)) {
        return;
      }
    }
    record.withArray(CAVEATS).add(text);
    folder.write(FILE, Json.pretty(record));
  }

  private static void refuseUnless(boolean allowed, Path root, List<String> changes) {
    if (!allowed) {
      throw new UserError(
          "The run in " + root + " was made otherwise: " + String.join("; ", changes) + ".",
          "Resume it as it was made, add --allow-changes (what changed is then recorded), or start"
              + " another run with --out and without --resume.");
    }
  }

  private static ObjectNode describe(
      Resolved<SoftSettings> settings, Contamination.Cleaned cleaned, ModelIdentity model) {
    SoftInputs inputs = cleaned.inputs();
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("schema_version", SCHEMA);
    root.put(RULES, Provenance.RULES);
    root.set("settings", Json.mapper().valueToTree(settings.value()));
    root.set("origins", Json.mapper().valueToTree(settings.origins()));
    root.set("sources", Json.mapper().valueToTree(new TreeMap<>(inputs.sources())));
    ObjectNode data = root.putObject("inputs");
    digest(data, "prompts", inputs.prompts());
    digest(data, "pool", inputs.pool().demonstrations());
    digest(data, "validation", inputs.validation());
    digest(data, "benchmark_texts", inputs.benchmarkTexts());
    data.set("template", Json.mapper().valueToTree(inputs.template()));
    ObjectNode leftOut = root.putObject("left_out");
    leftOut.set("prompts", Json.mapper().valueToTree(cleaned.prompts()));
    leftOut.set("pool", Json.mapper().valueToTree(cleaned.pool()));
    leftOut.set("validation", Json.mapper().valueToTree(cleaned.validation()));
    leftOut.set("counts", Json.mapper().valueToTree(cleaned.counts()));
    root.set("model", Json.mapper().valueToTree(model));
    root.set("versions", Json.mapper().valueToTree(Provenance.versions()));
    root.put("commit", Provenance.commit(Path.of(System.getProperty("soft4j.home", "."))));
    root.putArray("changes");
    return root;
  }

  private static void digest(ObjectNode data, String name, List<?> rows) {
    data.putObject(name).put("rows", rows.size()).put("sha256", Sha256.of(Json.lines(rows)));
  }

  private static List<String> differences(ObjectNode was, ObjectNode now) {
    List<String> changes = new ArrayList<>();
    JsonNode defaults = Json.mapper().valueToTree(SoftSettings.DEFAULT);
    compare("settings", filled(was.path("settings"), defaults), now.path("settings"), changes);
    compare("inputs", was.path("inputs"), now.path("inputs"), changes);
    for (var source : now.path("sources").properties()) {
      if (SOURCE_GUARD.stream().anyMatch(source.getKey()::startsWith)
          && was.path("sources").has(source.getKey())) {
        String key = "sources." + source.getKey();
        compare(key, was.path("sources").path(source.getKey()), source.getValue(), changes);
      }
    }
    for (String key : MODEL_GUARD) {
      compare("model." + key, was.path("model").path(key), now.path("model").path(key), changes);
    }
    return List.copyOf(changes);
  }

  /** Settings of an earlier version, which lacks some: what is their default now was so then. */
  private static JsonNode filled(JsonNode was, JsonNode defaults) {
    if (!(was instanceof ObjectNode object)) {
      return was;
    }
    ObjectNode all = object.deepCopy();
    for (Map.Entry<String, JsonNode> field : defaults.properties()) {
      JsonNode mine = all.path(field.getKey());
      all.set(
          field.getKey(), mine.isMissingNode() ? field.getValue() : filled(mine, field.getValue()));
    }
    return all;
  }

  private static void compare(String key, JsonNode was, JsonNode now, List<String> changes) {
    if (now.isObject()) {
      for (Map.Entry<String, JsonNode> field : now.properties()) {
        compare(key + "." + field.getKey(), was.path(field.getKey()), field.getValue(), changes);
      }
    } else if (!was.toString().equals(now.toString())) {
      changes.add(key + " was " + was + " and is " + now);
    }
  }
}
