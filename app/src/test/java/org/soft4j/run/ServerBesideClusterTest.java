package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.remote.CostGate;

/**
 * A server labels and is measured, and a model that computes elsewhere, as on a cluster, learns:
 * with the bytes of a run without either.
 */
@Tag("slow")
class ServerBesideClusterTest {
  @TempDir Path folder;

  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  private SoftSession session() throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    Files.write(
        prompts,
        SoftSession.micro().inputs().prompts().stream().limit(16).map(Json::line).toList());
    return SoftSession.micro()
        .prompts(prompts)
        .rounds(1)
        .set("method", "soft")
        .set("data.validation", "micro")
        .set("labelling.temperature", "0")
        .set("labelling.chunk", "8")
        .set("training.rank", "4")
        .set("training.epochs", "1")
        .set("model.threads", "1")
        .tasks(List.of("micro_truth"))
        .shots(List.of(0))
        .limit(6);
  }

  private static SoftSession.RunOptions options(ModelOpener opener) {
    return new SoftSession.RunOptions(
        opener, Progress.SILENT, line -> {}, Cancellation.NEVER, CostGate.SHUT, false, false);
  }

  /** Passes each call on to the model in this process, and counts it. */
  private OpenedModel counted(OpenedModel opened) {
    Object model =
        Proxy.newProxyInstance(
            TrainableModel.class.getClassLoader(),
            new Class<?>[] {TrainableModel.class},
            (self, method, given) -> {
              calls.merge(method.getName(), 1, Integer::sum);
              if (method.getName().equals("inProcess")) {
                return opened.model();
              }
              try {
                return method.invoke(opened.model(), given);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
    return new OpenedModel((TrainableModel) model, opened.chat());
  }

  @Test
  void theServerComputesTextsAndTheOtherGradients() throws IOException {
    Path here = folder.resolve("here");
    Path both = folder.resolve("both");
    session().run(here, options(LocalOpening.OPENER));
    try (StandInServer server = new StandInServer()) {
      session()
          .set("server.address", server.address())
          .run(both, options(choice -> counted(LocalOpening.OPENER.open(choice))));
    }
    String adapter = "round-1/adapter/adapter_model.safetensors";
    assertArrayEquals(
        Files.readAllBytes(here.resolve(adapter)), Files.readAllBytes(both.resolve(adapter)));
    assertEquals(
        Map.of("train", 1),
        new TreeMap<>(calls).subMap("train", true, "train", true),
        "gradients are computed where the cluster is");
    assertEquals(
        List.of(),
        calls.keySet().stream().filter(call -> call.startsWith("generate")).toList(),
        "labels are written at the server");
  }
}
