package org.soft4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.HomeFolder;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;
import org.soft4j.eval.judge.AlpacaEval;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.FastChatRequest;
import org.soft4j.eval.judge.JudgeData;
import org.soft4j.eval.judge.Pairwise;
import org.soft4j.eval.judge.Protocol;
import org.soft4j.eval.judge.Single;
import org.soft4j.settings.ProtocolSettings;
import org.soft4j.settings.Settings;

/**
 * What a judging is given.
 *
 * @param answers files or folders of answers
 */
record JudgeInputs(List<Path> answers, Settings settings) {
  private static final String OUTPUTS = "model_outputs.json";

  private ProtocolSettings asked() {
    return settings.protocol();
  }

  /** The protocol with what it judges. */
  Protocol<?, ?> protocol() {
    if (asked().alpaca()) {
      AlpacaForm form = asked().name().equals("alpaca") ? AlpacaForm.RANKING : AlpacaForm.WEIGHTED;
      return new AlpacaEval(alpacaBaseline(), alpacaOutputs(), form, settings.judge().repeats());
    }
    FastChatRequest request = fastChat();
    return asked().name().equals("single")
        ? new Single(request)
        : new Pairwise(request, text(asked().baseline()));
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private FastChatRequest fastChat() {
    JudgeData sets = sets();
    Optional<Path> questions = text(asked().questions()).map(Path::of);
    Optional<Path> references = text(asked().references()).map(Path::of);
    Optional<String> set = questions.isPresent() ? Optional.empty() : Optional.of(bench(sets));
    Map<String, FastChatQuestion> asked =
        questions.map(FastChatQuestion::read).orElseGet(() -> sets.questions(set.orElseThrow()));
    Map<String, List<String>> right =
        references
            .map(FastChatAnswers::references)
            .or(() -> set.map(sets::references))
            .orElse(Map.of());
    List<Answer> all = new ArrayList<>();
    answers.forEach(path -> all.addAll(FastChatAnswers.read(there(path), asked)));
    return new FastChatRequest(
        limited(all),
        sets.prompts(),
        right,
        settings.judge().repeats(),
        settings.judge().temperature(),
        settings.judge().maxTokens());
  }

  private String bench(JudgeData sets) {
    return text(asked().bench())
        .orElseGet(
            () -> {
              List<String> ids =
                  answers.stream().flatMap(p -> FastChatAnswers.ids(there(p)).stream()).toList();
              return sets.benchOf(ids)
                  .orElseThrow(
                      () ->
                          new UserError(
                              "The answered questions belong to none of %s in %s."
                                  .formatted(JudgeData.BENCHES, sets.folder()),
                              "Name their file with --questions."));
            });
  }

  private List<Answer> limited(List<Answer> all) {
    List<String> ids = all.stream().map(Answer::id).distinct().toList();
    Set<String> first = Set.copyOf(ids.subList(0, asked().of(ids.size())));
    return all.stream().filter(answer -> first.contains(answer.id())).toList();
  }

  private List<Answer> alpacaBaseline() {
    Path file = text(asked().baseline()).map(Path::of).orElseGet(() -> sets().alpacaBaseline());
    List<Answer> all = AlpacaOutputs.read(file);
    return all.subList(0, asked().of(all.size()));
  }

  private List<Answer> alpacaOutputs() {
    if (answers.size() != 1) {
      throw new UserError(
          "--answers names %s files.".formatted(answers.size()),
          "AlpacaEval compares one model with the baseline at a time.");
    }
    Path path = there(answers.get(0));
    return AlpacaOutputs.read(Files.isDirectory(path) ? outputs(path) : path);
  }

  /** The folder's own outputs, or those of the one model below it, as they are exported. */
  private static Path outputs(Path folder) {
    Path own = folder.resolve(OUTPUTS);
    if (Files.exists(own)) {
      return own;
    }
    try (Stream<Path> models = Files.list(folder)) {
      List<Path> below =
          models.map(model -> model.resolve(OUTPUTS)).filter(Files::exists).sorted().toList();
      if (below.size() > 1) {
        throw new UserError(
            "%s holds the outputs of %s models.".formatted(folder, below.size()),
            "Name one of them: --answers " + below.get(0).getParent());
      }
      return below.isEmpty() ? there(own) : below.get(0);
    } catch (IOException failure) {
      throw FileFault.of(folder, failure);
    }
  }

  private JudgeData sets() {
    return new JudgeData(
        text(settings.data().folder())
            .map(Path::of)
            .or(HomeFolder::data)
            .orElseThrow(
                () ->
                    new UserError(
                        "No --data is given, SOFT4J_DATA is no folder, and no set is fetched.",
                        "Fetch the judge's prompts and the questions with ./soft4j datasets fetch"
                            + " vicuna_bench mt_bench alpaca_eval, or name a folder that holds"
                            + " fastchat/ and alpaca_eval/.")));
  }

  private static Path there(Path path) {
    if (!Files.exists(path)) {
      throw new UserError("There is no " + path + ".", "Check --answers.");
    }
    return path;
  }
}
