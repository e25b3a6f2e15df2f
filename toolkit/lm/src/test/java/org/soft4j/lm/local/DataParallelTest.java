package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.train.MicroBatchGradients;
import org.soft4j.lm.train.MicroBatchResult;
import org.soft4j.lm.train.MicroBatchWork;
import org.soft4j.lm.train.MicroBatchWorker;
import org.soft4j.lm.train.TokenSequence;

/**
 * Adapters whose gradients were computed by two other models that know of the training only what
 * came as bytes. Expected: the bytes of the adapter that {@link LocalModel#train} writes alone.
 */
class DataParallelTest {
  private static final OpenSettings OPEN = OpenSettings.AUTO.with("cpu", "float32").withThreads(1);

  @TempDir Path folder;
  private Path micro;

  @BeforeEach
  void unpack() {
    micro = EmbeddedModels.unpack("micro-1", folder);
  }

  /** Batches of 8 in micro-batches of at most 40 tokens; 12/8 is a scale that no shift gives. */
  static TrainingSettings settings(double dropout) {
    return new TrainingSettings(
        new TrainingMethod.Lora(8, 12, dropout, List.of("q_proj", "v_proj", "down_proj")),
        5e-3,
        2,
        0.1,
        2,
        8,
        40,
        1,
        0.01,
        64,
        true,
        2,
        5,
        true);
  }

  private static List<TrainingExample> examples() {
    return IntStream.range(0, 20)
        .mapToObj(
            i -> new TrainingExample("what is " + "it ".repeat(i % 5) + "?", "it is " + i + " ."))
        .toList();
  }

  /** Two models on other threads' time: even micro-batches here, odd ones there, backwards. */
  private final class Workers implements MicroBatchGradients, AutoCloseable {
    private final List<LocalModel> models = new ArrayList<>();
    private final List<MicroBatchWorker> workers = new ArrayList<>();
    private int computed;

    Workers(TrainingSettings settings, Optional<Path> adapter) {
      for (int i = 0; i < 2; i++) {
        LocalModel model = LocalModel.open(micro, OPEN);
        adapter.ifPresent(model::useAdapter);
        models.add(model);
        workers.add(model.worker(settings));
      }
    }

    @Override
    public void compute(Step step, Cancellation cancel) {
      byte[] parameters = step.parameters();
      byte[][] results = new byte[step.works().size()][];
      for (int i = results.length - 1; i >= 0; i--) {
        cancel.check();
        MicroBatchWork work = MicroBatchWork.of(step.works().get(i).bytes());
        results[i] = workers.get(i % 2).compute(parameters, work).bytes();
        computed++;
      }
      for (byte[] result : results) {
        step.add(MicroBatchResult.of(result));
      }
    }

    @Override
    public void close() {
      workers.forEach(MicroBatchWorker::close);
      models.forEach(LocalModel::close);
    }
  }

  private TrainingOutput output(String name) {
    return new TrainingOutput(folder.resolve(name), folder.resolve(name + "-checkpoint"));
  }

  private List<TrainingStep> train(
      TrainingSettings settings,
      Optional<Path> adapter,
      MicroBatchGradients where,
      String name,
      Cancellation cancel) {
    List<TrainingStep> steps = new ArrayList<>();
    try (LocalModel model = LocalModel.open(micro, OPEN)) {
      adapter.ifPresent(model::useAdapter);
      model.train(examples(), settings, output(name), where, (i, step) -> steps.add(step), cancel);
    }
    return steps;
  }

  private void assertSame(String expected, String found) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(folder.resolve(expected).resolve("adapter_model.safetensors")),
        Files.readAllBytes(folder.resolve(found).resolve("adapter_model.safetensors")));
  }

  @Test
  void twoOtherModelsGiveTheSameAdapterWithAndWithoutDropout() throws IOException {
    for (double dropout : new double[] {0, 0.2}) {
      TrainingSettings settings = settings(dropout);
      List<TrainingStep> here =
          train(settings, Optional.empty(), MicroBatchGradients.HERE, "one" + dropout, () -> false);
      try (Workers workers = new Workers(settings, Optional.empty())) {
        List<TrainingStep> there =
            train(settings, Optional.empty(), workers, "two" + dropout, () -> false);
        assertEquals(here, there);
        assertEquals(6, there.size());
        assertTrue(workers.computed > 12, workers.computed + " micro-batches in six steps");
      }
      assertSame("one" + dropout, "two" + dropout);
    }
  }

  @Test
  void anAdapterIsStackedOnAnother() throws IOException {
    TrainingSettings settings = settings(0);
    train(settings, Optional.empty(), MicroBatchGradients.HERE, "first", () -> false);
    Optional<Path> first = Optional.of(folder.resolve("first"));
    train(settings, first, MicroBatchGradients.HERE, "one", () -> false);
    try (Workers workers = new Workers(settings, first)) {
      train(settings, first, workers, "two", () -> false);
    }
    assertSame("one", "two");
  }

  /** Stopped here after three steps, gone on with there from the checkpoint, and the other way. */
  @Test
  void aCheckpointOfOneIsGoneOnWithByTheOther() throws IOException {
    TrainingSettings settings = settings(0.2);
    train(settings, Optional.empty(), MicroBatchGradients.HERE, "one", () -> false);
    try (Workers workers = new Workers(settings, Optional.empty())) {
      stopped(settings, MicroBatchGradients.HERE, "two");
      train(settings, Optional.empty(), workers, "two", () -> false);
      assertSame("one", "two");
      stopped(settings, workers, "three");
      train(settings, Optional.empty(), MicroBatchGradients.HERE, "three", () -> false);
      assertSame("one", "three");
    }
  }

  private void stopped(TrainingSettings settings, MicroBatchGradients where, String name) {
    int[] step = {0};
    MicroBatchGradients counting =
        (underWay, cancel) -> {
          step[0]++;
          where.compute(underWay, cancel);
        };
    assertThrows(
        CancellationException.class,
        () -> train(settings, Optional.empty(), counting, name, () -> step[0] > 3));
  }

  @Test
  void gradientsOfAnotherMicroBatchAreRefused() {
    TrainingSettings settings = settings(0);
    try (Workers workers = new Workers(settings, Optional.empty())) {
      MicroBatchGradients swapped =
          (step, cancel) ->
              step.add(workers.workers.get(0).compute(step.parameters(), step.works().get(1)));
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> train(settings, Optional.empty(), swapped, "no", () -> false));
      assertEquals(
          "gradients of micro-batch 1 of step 0 came for micro-batch 0 of step 0",
          refused.getMessage());
    }
  }

  /** As an executor says it: the step begins again in smaller micro-batches. */
  @Test
  void memoryThatRanOutElsewhereIsHeededLikeOnesOwn() {
    TrainingSettings settings = settings(0);
    List<Integer> tried = new ArrayList<>();
    MicroBatchGradients tight =
        (step, cancel) -> {
          tried.add(step.works().size());
          if (tried.size() == 1) {
            throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB");
          }
          MicroBatchGradients.HERE.compute(step, cancel);
        };
    assertEquals(6, train(settings, Optional.empty(), tight, "tight", () -> false).size());
    assertEquals(7, tried.size());
    assertTrue(tried.get(1) > tried.get(0), tried.toString());
    assertEquals(tried.get(0), tried.get(2));
  }

  @Test
  void cutBytesAreRefused() {
    byte[] work =
        new MicroBatchWork(3, 1, List.of(new TokenSequence(new int[] {1, 2}, new boolean[2])), 4, 5)
            .bytes();
    assertEquals(5, MicroBatchWork.of(work).seed());
    for (int length = 0; length < work.length; length++) {
      byte[] cut = Arrays.copyOf(work, length);
      assertThrows(IllegalArgumentException.class, () -> MicroBatchWork.of(cut));
    }
    assertThrows(IllegalArgumentException.class, () -> MicroBatchResult.of(new byte[15]));
  }
}
