package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.report.RunReader;
import org.soft4j.run.ChosenTemplate;
import org.soft4j.settings.ModelSettings;
import org.soft4j.settings.Settings;
import org.soft4j.soft.SoftResult;

/**
 * What a finished command leaves, and what can be typed next, as lines for a shell.
 *
 * @param commands words in capitals stand for files of the user's
 */
record NextSteps(List<TypedCommand> commands) {
  private static final String TEMPLATE = "--template";
  private static final String CHAT = "chat";

  NextSteps {
    commands = List.copyOf(commands);
  }

  /** After a run: the kept model is tried, measured and handed on. */
  static NextSteps ofRun(Settings settings, SoftResult result) {
    List<TypedCommand> next = new ArrayList<>();
    if (result.trained().isPresent()) {
      Path trained = result.trained().get();
      List<String> model = model(settings, trained);
      next.add(chat(settings, model));
      model.addAll(template(settings, recorded(result.folder())));
      next.add(generate(model));
      next.addAll(eval(settings, model));
      next.addAll(merge(model, trained));
    }
    String kept = String.valueOf(result.keptRound());
    next.add(
        command("export", "lm-eval", result.folder().toString(), "--round", kept, "--out", "DIR"));
    return new NextSteps(next);
  }

  /** Where the kept model is, in words. */
  static String kept(Settings settings, SoftResult result) {
    String base = settings.model().name();
    if (result.trained().isEmpty()) {
      return "kept: the base, %s; nothing that was learned is better".formatted(base);
    }
    Path trained = result.trained().get();
    return whole(trained)
        ? "kept: the model %s".formatted(trained)
        : "kept: the adapter %s of %s".formatted(trained, base);
  }

  /** After a labelling: the labels are learned. */
  static NextSteps ofLabels(Settings settings, List<String> template, Path labels) {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(model(settings.model(), Optional.of(settings.model().adapter())));
    words.addAll(template);
    words.addAll(List.of("--labels", labels.toString(), "--out", "DIR"));
    return new NextSteps(List.of(new TypedCommand(words)));
  }

  /** After a training: what was learned is tried and measured. */
  static NextSteps ofTraining(Settings settings, String template, Path trained) {
    List<String> model = model(settings, trained);
    List<TypedCommand> next = new ArrayList<>();
    next.add(chat(settings, model));
    model.addAll(template(settings, template));
    next.add(generate(model));
    List<String> eval = new ArrayList<>(List.of("eval"));
    eval.addAll(model);
    eval.addAll(List.of("--tasks", "NAMES", "--out", "DIR"));
    next.add(new TypedCommand(eval));
    next.addAll(merge(model, trained));
    return new NextSteps(next);
  }

  /** After an evaluation: it is compared and handed on. */
  static NextSteps ofEvaluation(Path folder) {
    return new NextSteps(
        List.of(
            command("compare", folder.toString(), "OTHER"),
            command("export", "lm-eval", folder.toString(), "--out", "DIR")));
  }

  /** Name of the template that a run's prompts were written by. */
  private static String recorded(Path run) {
    return new RunReader(run).description().at("/inputs/template/name").asText();
  }

  /** Prompts are to be written as they were learned. */
  private static List<String> template(Settings settings, String chosen) {
    String asked = settings.data().template();
    return List.of(TEMPLATE, asked.equals(ChosenTemplate.AUTO) ? chosen : asked);
  }

  /** In the model's own chat format where it has one and learned such turns. */
  private static TypedCommand chat(Settings settings, List<String> model) {
    List<String> words = new ArrayList<>(List.of(CHAT));
    words.addAll(model);
    String asked = settings.data().template();
    boolean own = asked.startsWith(CHAT) && chats(settings.model().choice());
    if (!own && !asked.equals(ChosenTemplate.AUTO)) {
      words.addAll(List.of(TEMPLATE, asked));
    }
    return new TypedCommand(words);
  }

  private static boolean chats(ModelChoice model) {
    try {
      return LocalOpening.chatTemplate(model).isPresent();
    } catch (UserError unknown) {
      return false;
    }
  }

  /** An adapter becomes a model for other tools; a model is one already. */
  private static List<TypedCommand> merge(List<String> model, Path trained) {
    if (whole(trained)) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("models", "merge"));
    for (String flag : List.of("--model", "--adapter")) {
      words.addAll(List.of(flag, model.get(model.indexOf(flag) + 1)));
    }
    words.addAll(List.of("--out", "DIR"));
    return List.of(new TypedCommand(words));
  }

  private static TypedCommand generate(List<String> model) {
    List<String> words = new ArrayList<>(List.of("generate"));
    words.addAll(model);
    words.addAll(List.of("--input", "PROMPTS.jsonl", "--output", "TEXTS.jsonl"));
    return new TypedCommand(words);
  }

  /** The benchmarks of the run, on the kept model alone. */
  private static List<TypedCommand> eval(Settings settings, List<String> model) {
    if (settings.data().tasks().isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("eval"));
    words.addAll(model);
    words.addAll(List.of("--tasks", String.join(",", settings.data().tasks())));
    given(words, "--include", settings.data().include());
    given(words, "--data", settings.data().folder());
    words.addAll(List.of("--out", "DIR"));
    return List.of(new TypedCommand(words));
  }

  private static List<String> model(Settings settings, Path trained) {
    if (whole(trained)) {
      ModelSettings base = settings.model();
      List<String> words = new ArrayList<>(List.of("--model", trained.toString()));
      given(words, "--bos", base.bos().equals("auto") ? "" : base.bos());
      return words;
    }
    return model(settings.model(), Optional.of(trained.toString()));
  }

  private static List<String> model(ModelSettings base, Optional<String> adapter) {
    List<String> words = new ArrayList<>(List.of("--model", base.name()));
    adapter.ifPresent(folder -> given(words, "--adapter", folder));
    given(words, "--bos", base.bos().equals("auto") ? "" : base.bos());
    return words;
  }

  private static boolean whole(Path trained) {
    return trained.endsWith("model");
  }

  private static void given(List<String> words, String flag, String value) {
    if (!value.isEmpty()) {
      words.addAll(List.of(flag, value));
    }
  }

  private static TypedCommand command(String... words) {
    return new TypedCommand(List.of(words));
  }

  void print(PrintWriter screen) {
    screen.println("next:");
    commands.forEach(command -> screen.println("  " + command.text()));
    screen.flush();
  }
}
