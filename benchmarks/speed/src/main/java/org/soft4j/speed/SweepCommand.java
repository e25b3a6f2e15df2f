package org.soft4j.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ScratchFolder;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.datasets.Prompt;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.Settings;
import org.soft4j.soft.RunEvents;
import org.soft4j.soft.SoftInputs;
import org.soft4j.soft.SoftRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Cost against size: labelling of 8 to 64 real contexts by the real model, and whole micro runs of
 * one to three rounds with as many prompts in each.
 */
@Command(name = "sweep", description = "Seconds against the number of prompts and of rounds.")
final class SweepCommand implements Callable<Integer> {
  @Mixin private Opening opening;

  @Option(names = "--prompts", split = ",", defaultValue = "8,16,32,64")
  private List<Integer> prompts;

  @Option(names = "--rounds", split = ",", defaultValue = "1,2,3")
  private List<Integer> rounds;

  @Option(names = "--new-tokens", defaultValue = "32")
  private int newTokens;

  @Option(names = "--prompts-per-round", defaultValue = "100")
  private int promptsPerRound;

  @Override
  public Integer call() {
    Map<String, Double> values = new LinkedHashMap<>();
    try (ScratchFolder scratch = ScratchFolder.in(opening.work().folder(), "sweep-")) {
      return measure(scratch.root(), values);
    }
  }

  private int measure(Path folder, Map<String, Double> values) {
    Path micro = EmbeddedModels.unpack(EmbeddedModels.NAMES.get(0), folder);
    try (LocalModel model = opening.open(micro)) {
      microRun(model, 1, folder.resolve("warm-up"));
      for (int count : rounds) {
        // Short enough for a disturbance to show: the better of two counts.
        double first = microRun(model, count, folder.resolve("first-" + count));
        double second = microRun(model, count, folder.resolve("second-" + count));
        values.put("rounds_" + count, Math.min(first, second));
      }
    }
    try (LocalModel model = opening.open(opening.work().endlessModel())) {
      label(model, 1);
      for (int count : prompts) {
        values.put("prompts_" + count, label(model, count));
      }
      opening.write(
          "sweep",
          model,
          values,
          List.of(),
          Map.of("new_tokens", "" + newTokens, "prompts_per_round", "" + promptsPerRound));
    }
    return 0;
  }

  private double label(LocalModel model, int count) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (Work.LabelInput input : opening.work().contexts(count)) {
      requests.add(
          new GenerationRequest(input.context(), Sampling.GREEDY, newTokens, List.of(), 0));
    }
    return seconds(() -> model.generate(requests));
  }

  /** A run without benchmarks, every round on as many prompts of its own. */
  private double microRun(TrainableModel model, int count, Path folder) {
    SoftSession session = SoftSession.micro().rounds(count).set("validation.early_stop", "false");
    SoftInputs all = session.inputs();
    List<Prompt> some = all.prompts().subList(0, count * promptsPerRound);
    SoftInputs inputs = SoftInputs.of(some, all.pool(), all.template());
    SoftRun run = SoftRun.start(inputs, session.plan().settings().part(Settings::soft), folder);
    return seconds(
        () ->
            run.execute(model, (m, round, f, c) -> List.of(), RunEvents.NONE, Cancellation.NEVER));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
