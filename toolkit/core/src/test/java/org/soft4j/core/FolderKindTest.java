package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder is one thing: what was made of it is not mixed with something else. */
class FolderKindTest {
  @TempDir Path temp;

  /** Files as the commands leave them; a folder with the file is opened for another kind. */
  @ParameterizedTest
  @CsvSource({
    "run.json,                        EVALUATION, a run",
    "eval.json,                       RUN,        an evaluation",
    "eval.json,                       JUDGING,    an evaluation",
    "cells.jsonl,                     RUN,        a study",
    "judge_cache.jsonl,               EVALUATION, a judging",
    "annotations.json,                LABELS,     a judging",
    "labels.jsonl,                    RUN,        labels",
    "adapter/adapter_config.json,     EVALUATION, a training",
    "checkpoint/training.safetensors, RUN,        a training",
    "model.safetensors,               STUDY,      a model",
    "checkpoint/training.safetensors, MODEL,      a training",
    "pretraining/training.safetensors, TRAINING,  a model",
    "run.json,                        EXPORT,     a run",
    "run.json,                        REPORT,     a run"
  })
  void aFolderOfAnotherKindIsRefusedAndLeftAsItIs(String file, FolderKind kind, String words)
      throws IOException {
    make(file);
    UserError error = assertThrows(UserError.class, () -> RunFolder.open(temp, kind));
    assertTrue(error.getMessage().contains("holds " + words), error.getMessage());
    assertTrue(error.getMessage().contains(file.replaceAll("/.*", "")), error.getMessage());
    assertTrue(error.remedy().contains("--out"), error.remedy());
    assertFalse(Files.exists(temp.resolve(".lock")));
  }

  @ParameterizedTest
  @CsvSource({
    "run.json,          judge_cache.jsonl, RUN",
    "eval.json,         judge_cache.jsonl, EVALUATION",
    "judge_cache.jsonl, summary.json,      JUDGING",
    "labels.jsonl,      dropped.jsonl,     TRAINING",
    "notes.txt,         config.json,       RUN"
  })
  void whatIsOfTheKindOrOfNoneIsGoneOnWith(String one, String other, FolderKind kind)
      throws IOException {
    make(one);
    make(other);
    assertDoesNotThrow(() -> RunFolder.open(temp, kind).close());
  }

  @Test
  void theRoundsOfARunAreItsOwn() throws IOException {
    make("run.json");
    make("round-1/labels.jsonl");
    for (String inside :
        new String[] {"round-1", "round-1/eval", "round-7", "round-1/../round-1"}) {
      UserError error =
          assertThrows(
              UserError.class, () -> FolderKind.TRAINING.refuseOthers(temp.resolve(inside)));
      assertEquals(
          temp.resolve(inside)
              + " belongs to the run in "
              + temp
              + "; nothing else is written"
              + " there.",
          error.getMessage());
    }
    // A folder beside the rounds is nobody's; and a round's name alone makes no run.
    assertDoesNotThrow(() -> FolderKind.LABELS.refuseOthers(temp.resolve("mine")));
    assertDoesNotThrow(() -> FolderKind.LABELS.refuseOthers(temp.resolve("mine/round-1")));
  }

  @Test
  void labelsAreNeverWrittenTwice() throws IOException {
    make("labels.jsonl");
    UserError error = assertThrows(UserError.class, () -> FolderKind.LABELS.refuseTaken(temp));
    assertTrue(error.getMessage().endsWith("holds labels already (labels.jsonl)."));
  }

  @Test
  void whatIsMadeOnceIsGoneOnWithUntilItIsFinished() throws IOException {
    make("pretraining/training.safetensors");
    assertDoesNotThrow(() -> FolderKind.MODEL.refuseTaken(temp));
    make("model.safetensors");
    assertThrows(UserError.class, () -> FolderKind.MODEL.refuseTaken(temp));
  }

  private void make(String file) throws IOException {
    Path path = temp.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "{}");
  }
}
