package org.soft4j.study.grid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.Provenance;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;

/**
 * Runs a study into a folder, or what is left of it: first the cells that choose the learning
 * rates, then those that are reported.
 *
 * @param design what is run
 * @param command that was typed
 */
public record GridStudy(StudyDesign design, String command) {
  /** What a study's folder is known by; written first. */
  public static final String FILE = "study.json";

  /** Of study.json: the settings that all conditions begin with. */
  private static final String SETTINGS = "settings";

  /**
   * Runs all cells.
   *
   * @param folder of the study
   * @param means how cells are run
   * @return the finished study, as its files tell of it
   */
  public FinishedStudy run(Path folder, CellPool.Means means) {
    List<StudyCell> tuning = design.tuning();
    long total = tuning.size() + (long) design.seeds().size() * design.conditions().size();
    try (RunFolder locked = RunFolder.open(folder, FolderKind.STUDY);
        Progress.Step step = means.progress().start("study", total, "cells");
        CellPool pool = new CellPool(folder, means)) {
      record(locked, means.progress());
      pool.run(tuning, cell -> step.advance(1));
      Map<String, Double> rates = RateChoice.of(design, folder);
      List<StudyCell> cells = design.cells(rates);
      LiveTable table = new LiveTable(folder, cells, means.progress());
      pool.run(
          cells,
          cell -> {
            step.advance(1);
            table.finished(cell);
          });
      FinishedStudy finished = new FinishedStudy(folder, this, cells, tuning, rates);
      if (design.values().study().slim()) {
        finished.slim();
      }
      return finished;
    }
  }

  /** Cells of one folder begin with the same settings; seeds and conditions may be added. */
  private void record(RunFolder folder, Progress progress) {
    ObjectNode now = Json.mapper().createObjectNode();
    now.put("schema_version", 1);
    now.put("preset", design.base().plan().name());
    now.put("command", command);
    ObjectNode settings = now.putObject(SETTINGS);
    texts().forEach(settings::put);
    ObjectNode conditions = now.putObject("conditions");
    design.conditions().forEach(c -> conditions.set(c.name(), Json.mapper().valueToTree(facts(c))));
    now.set("seeds", Json.mapper().valueToTree(design.seeds()));
    now.set("rates", Json.mapper().valueToTree(design.rates()));
    now.set("versions", Json.mapper().valueToTree(Provenance.versions()));
    if (folder.has("cells.jsonl")) {
      throw new UserError(
          "%s holds the study of the micro worlds.".formatted(folder.root()),
          "Choose another folder with --out.");
    }
    if (folder.has(FILE)) {
      JsonNode was = Json.read(folder.read(FILE), JsonNode.class, FILE);
      refuseOther(folder.root(), was, now);
      if (folder.read(FILE).equals(Json.pretty(now))) {
        return;
      }
      progress.say("study.json: other conditions, seeds or rates than before; cells are kept");
    }
    folder.write(FILE, Json.pretty(now));
  }

  private static void refuseOther(Path folder, JsonNode was, JsonNode now) {
    for (String part : List.of("preset", SETTINGS)) {
      if (!was.path(part).equals(now.path(part))) {
        throw new UserError(
            "The study in %s was begun with other settings%s."
                .formatted(folder, different(was.path(part), now.path(part))),
            "Give the command that began it, or choose another folder with --out.");
      }
    }
  }

  private static String different(JsonNode was, JsonNode now) {
    for (var field : now.properties()) {
      JsonNode before = was.path(field.getKey());
      if (!before.equals(field.getValue())) {
        return ": %s was \"%s\" and is \"%s\""
            .formatted(field.getKey(), before.asText(), field.getValue().asText());
      }
    }
    return "";
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    var settings = design.base().plan().settings().forCommand("run");
    settings
        .texts()
        .forEach(
            (key, text) -> {
              if (settings.knows(key) && !key.startsWith("cost.")) {
                texts.put(key, text);
              }
            });
    return texts;
  }

  private Map<String, String> facts(StudyCondition condition) {
    return new TreeMap<>(condition.settings());
  }
}
