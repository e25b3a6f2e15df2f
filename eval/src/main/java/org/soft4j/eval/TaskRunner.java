package org.soft4j.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;

/**
 * Runs one task on a model at one number of shots, chunk by chunk, and keeps every sample.
 *
 * <p>A chunk that stands in the folder already, made by the same model from the same requests, is
 * not computed again; so a killed evaluation resumes and ends with the same bytes.
 *
 * @param task what is run
 * @param shots number of demonstrations, for the file name
 * @param drawn gives the demonstrations of an item
 * @param itemsPerChunk items whose requests go to the model together
 * @param listener hears of every chunk
 */
public record TaskRunner(
    Task task,
    int shots,
    Function<TaskItem, Shots> drawn,
    int itemsPerChunk,
    EvaluationListener listener) {

  /** Runs the task; the samples stand in the order of the items, and in the folder. */
  public List<ItemSample> run(LanguageModel model, Path folder, Cancellation cancel) {
    Path finished = folder.resolve(SampleFile.name(task.name(), shots));
    Path partial = folder.resolve(SampleFile.name(task.name(), shots) + ".part");
    Map<String, ItemSample> earlier = earlier(finished, partial);
    List<ItemSample> samples = new ArrayList<>();
    boolean fresh = false;
    for (List<Asked> chunk : chunks(model.identity())) {
      List<ItemSample> known = chunk.stream().map(a -> earlier.get(a.key)).toList();
      if (known.stream().allMatch(sample -> sample != null)) {
        samples.addAll(known);
      } else {
        cancel.check();
        samples.addAll(answer(chunk, model, cancel));
        SampleFile.write(partial, samples);
        fresh = true;
      }
      listener.progress(task.name(), shots, samples.size(), task.items().size());
    }
    if (fresh || !Files.exists(finished)) {
      SampleFile.write(finished, samples);
    }
    delete(partial);
    return samples;
  }

  private static Map<String, ItemSample> earlier(Path finished, Path partial) {
    Map<String, ItemSample> byKey = new HashMap<>();
    for (Path file : List.of(finished, partial)) {
      if (Files.exists(file)) {
        SampleFile.read(file).forEach(sample -> byKey.put(sample.key(), sample));
      }
    }
    return byKey;
  }

  private List<List<Asked>> chunks(ModelIdentity identity) {
    List<List<Asked>> chunks = new ArrayList<>();
    for (int start = 0; start < task.items().size(); start += itemsPerChunk) {
      int end = Math.min(start + itemsPerChunk, task.items().size());
      chunks.add(
          task.items().subList(start, end).stream().map(item -> ask(item, identity)).toList());
    }
    return chunks;
  }

  private Asked ask(TaskItem item, ModelIdentity identity) {
    Shots before = drawn.apply(item);
    List<TaskRequest> requests = item.requests(before);
    String protocol = task.name() + " " + task.card().version() + " " + item.id();
    String key = digest(identity.digest() + identity.dtype() + "\n" + protocol + "\n" + requests);
    List<String> ids = before.demonstrations().stream().map(Demonstration::id).toList();
    return new Asked(item, ids, requests, key);
  }

  private static List<ItemSample> answer(
      List<Asked> chunk, LanguageModel model, Cancellation cancel) {
    List<TaskRequest> requests = chunk.stream().flatMap(a -> a.requests.stream()).toList();
    List<TaskAnswer> answers = ModelAnswers.of(model, requests, cancel);
    List<ItemSample> samples = new ArrayList<>();
    int next = 0;
    for (Asked asked : chunk) {
      int end = next + asked.requests.size();
      samples.add(asked.sample(answers.subList(next, end)));
      next = end;
    }
    return samples;
  }

  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] bytes = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Asked(
      TaskItem item, List<String> demonstrations, List<TaskRequest> requests, String key) {
    ItemSample sample(List<TaskAnswer> answers) {
      Grade grade = item.grade(answers);
      List<Double> logProbabilities = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (TaskAnswer answer : answers) {
        if (answer instanceof TaskAnswer.Likelihood likelihood) {
          logProbabilities.add(likelihood.score().logProbability());
        } else if (answer instanceof TaskAnswer.Writing writing) {
          texts.add(writing.generation().text());
        }
      }
      return new ItemSample(
          item.id(), key, demonstrations, grade.metrics(), grade.chosen(), logProbabilities, texts);
    }
  }
}
