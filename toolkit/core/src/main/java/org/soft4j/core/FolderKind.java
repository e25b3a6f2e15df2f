package org.soft4j.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a command makes of a folder. A folder is known by files that its kind alone writes, so that
 * nothing finished is written over by a command that makes something else.
 */
public enum FolderKind {
  // In this order: runs and evaluations hold files of the kinds below them.
  /** All rounds with their record. */
  RUN("a run", "run.json"),
  /** One model, measured. */
  EVALUATION("an evaluation", "eval.json"),
  /** Many runs in one table. */
  STUDY("a study", "cells.jsonl", "study.json"),
  /** Grades and the judge's replies. */
  JUDGING("a judging", "judge_cache.jsonl", "model_judgment", "annotations.json"),
  /** The stage of labelling alone. */
  LABELS("labels", "labels.jsonl"),
  /** The stage of training alone, finished or not. */
  TRAINING(
      "a training",
      List.of("adapter/adapter_config.json", "model/config.json"),
      List.of("checkpoint/training.safetensors", "checkpoint/examples.jsonl")),
  /** Weights to open, or the checkpoint of a pre-training on the way there. */
  MODEL(
      "a model",
      List.of("model.safetensors", "model.gguf", "model.safetensors.index.json"),
      List.of("pretraining/training.safetensors")),
  /** Answers as other tools write them; it has no file by which it is known. */
  EXPORT("an export"),
  /** Pages of something that lies elsewhere; it has no file by which it is known. */
  REPORT("a report");

  // A round of one's own is made in one folder: labels first, then what was learned from them.
  private static final Set<FolderKind> STAGES = Set.of(LABELS, TRAINING);
  private static final String ROUND = "round-\\d+";
  // Of what we write, the deepest lies in run/round-1/judge/TASK/model_judgment.
  private static final int DEEPEST = 8;

  private final String words;
  private final List<String> finished;
  private final List<String> underWay;

  FolderKind(String words, String... finished) {
    this(words, List.of(finished), List.of());
  }

  FolderKind(String words, List<String> finished, List<String> underWay) {
    this.words = words;
    this.finished = finished;
    this.underWay = underWay;
  }

  /**
   * Refuses a folder that holds something of another kind, or that lies in a round of a run. One
   * that is not there, empty, or of this kind is accepted.
   */
  public void refuseOthers(Path folder) {
    runAround(folder)
        .ifPresent(
            run -> {
              throw new UserError(
                  "%s belongs to the run in %s; nothing else is written there."
                      .formatted(folder, run),
                  "Choose another folder with --out.");
            });
    Optional<FolderKind> there = of(folder);
    if (there.isPresent() && there.get() != this && !mayJoin(there.get())) {
      throw new UserError(
          "%s holds %s (%s); %s is not mixed into it."
              .formatted(folder, there.get().words, there.get().markIn(folder).orElse(""), words),
          "Choose another folder with --out.");
    }
  }

  /** Refuses a folder that holds such a thing finished, for what is made once. */
  public void refuseTaken(Path folder) {
    refuseOthers(folder);
    first(finished.stream(), folder)
        .ifPresent(
            mark -> {
              throw new UserError(
                  "%s holds %s already (%s).".formatted(folder, words, mark),
                  "Choose another folder with --out.");
            });
  }

  /**
   * How deep below such a folder we write. Into folders that hold anything else too, such as the
   * user's own, we look no deeper.
   */
  int depth() {
    return switch (this) {
      case REPORT -> 1;
      case EXPORT -> 3;
      default -> DEEPEST;
    };
  }

  private boolean mayJoin(FolderKind there) {
    return STAGES.contains(this) && STAGES.contains(there);
  }

  /** What a folder holds, by its files; empty where it is none of these. */
  public static Optional<FolderKind> of(Path folder) {
    return Stream.of(values()).filter(kind -> kind.markIn(folder).isPresent()).findFirst();
  }

  private Optional<String> markIn(Path folder) {
    return first(Stream.concat(finished.stream(), underWay.stream()), folder);
  }

  private static Optional<String> first(Stream<String> marks, Path folder) {
    return marks.filter(mark -> Files.exists(folder.resolve(mark))).findFirst();
  }

  private static Optional<Path> runAround(Path folder) {
    Path inside = folder.toAbsolutePath().normalize();
    while (inside.getParent() != null) {
      Path above = inside.getParent();
      if (inside.getFileName().toString().matches(ROUND) && RUN.markIn(above).isPresent()) {
        return Optional.of(above);
      }
      inside = above;
    }
    return Optional.empty();
  }
}
