package org.soft4j.lm.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.Computation;
import org.soft4j.lm.FiniteResults;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;

/**
 * A model that answers by script. Training writes a folder with one marker file that counts how
 * often the model was trained; the scripts see that count, so that a test can let the model grow,
 * or collapse at a known round.
 *
 * <p>Its training keeps checkpoints and resumes from them like a real one.
 */
public final class ScriptedModel implements TrainableModel {
  /** Answers a request. */
  @FunctionalInterface
  public interface Writer {
    /**
     * The generation for a request.
     *
     * @param trainings how often the model at hand was trained; 0 for the base
     */
    Generation write(int trainings, GenerationRequest request);
  }

  /** Scores a request. */
  @FunctionalInterface
  public interface Scorer {
    /** The score of a request; {@code trainings} as for {@link Writer}. */
    Score score(int trainings, ScoreRequest request);
  }

  private static final String MARKER = "scripted.txt";
  private static final String REMEDY = "Correct the script.";
  private static final String BASE = "0 base";

  private final Writer writer;
  private final Scorer scorer;
  private String state = BASE;
  private Optional<Computation> computation = Optional.empty();

  /** A model from its two scripts. */
  public ScriptedModel(Writer writer, Scorer scorer) {
    this.writer = writer;
    this.scorer = scorer;
  }

  /**
   * A finished generation whose tokens, one per word and a stop token, all have one probability.
   */
  public static Generation says(String text, double probability) {
    int tokens = text.isBlank() ? 1 : text.strip().split("\\s+").length + 1;
    return new Generation(
        text,
        tokens,
        Generation.Finish.STOP_TOKEN,
        filled(tokens, Math.log(probability)),
        filled(tokens, -Math.log(probability)));
  }

  /** A score whose tokens, one per word, all have one probability. */
  public static Score scores(ScoreRequest request, double probability) {
    int tokens = Math.max(1, request.continuation().strip().split("\\s+").length);
    double[] each = filled(tokens, Math.log(probability));
    return new Score(
        tokens * Math.log(probability),
        tokens,
        probability > 0.5,
        each,
        filled(tokens, -Math.log(probability)));
  }

  private static double[] filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }

  /** Says from now on that its results are computed so. */
  public ScriptedModel computedBy(Computation how) {
    computation = Optional.of(how);
    return this;
  }

  @Override
  public Optional<Computation> computation() {
    return computation;
  }

  /** How often the model, as it stands, was trained. */
  public int trainings() {
    return Integer.parseInt(state.substring(0, state.indexOf(' ')));
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity(
        "scripted", "scripted", "scripted", 0, "float32", "cpu", "it has no weights", 1);
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    Sink<Generation> checked = FiniteResults.texts("scripted", requests, REMEDY, sink);
    for (int i = 0; i < requests.size(); i++) {
      cancel.check();
      checked.accept(i, writer.write(trainings(), requests.get(i)));
    }
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    Sink<Score> checked = FiniteResults.scores("scripted", requests, REMEDY, sink);
    for (int i = 0; i < requests.size(); i++) {
      cancel.check();
      checked.accept(i, scorer.score(trainings(), requests.get(i)));
    }
  }

  @Override
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    int perEpoch = (examples.size() + settings.batchSize() - 1) / settings.batchSize();
    int total = perEpoch * settings.epochs();
    String mark = "%s %s %s".formatted(trainings() + 1, state.hashCode(), examples.hashCode());
    for (int step = checkpoint(output.checkpoint()); step < total; step++) {
      cancel.check();
      steps.accept(step, step(step, total, step / perEpoch, examples, settings));
      if ((step + 1) % settings.checkpointEvery() == 0) {
        write(output.checkpoint(), "" + (step + 1));
      }
    }
    write(output.result(), mark);
  }

  private static TrainingStep step(
      int step, int total, int epoch, List<TrainingExample> examples, TrainingSettings settings) {
    // Any number will do that depends on the examples, so that a test sees when they differ.
    double loss = 1.0 / (step + 1) + (examples.hashCode() & 0xff) / 1000.0;
    return new TrainingStep(
        step, total, epoch, loss, examples.size(), examples.size(), settings.learningRate(), 1);
  }

  private static int checkpoint(Path folder) {
    return Files.exists(folder.resolve(MARKER)) ? Integer.parseInt(read(folder)) : 0;
  }

  @Override
  public void useAdapter(Path adapter) {
    state = read(adapter);
  }

  @Override
  public void useModel(Path folder) {
    useAdapter(folder);
  }

  @Override
  public void useBase() {
    state = BASE;
  }

  @Override
  public void close() {}

  private static String read(Path folder) {
    try {
      return Files.readString(folder.resolve(MARKER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, String text) {
    try {
      Files.createDirectories(folder);
      Path beside = Files.writeString(folder.resolve(MARKER + ".new"), text);
      WholeFile.move(beside, folder.resolve(MARKER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
