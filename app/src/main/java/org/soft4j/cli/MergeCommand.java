package org.soft4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.soft4j.core.FolderKind;
import org.soft4j.core.UserError;
import org.soft4j.lm.merge.ModelMerge;
import org.soft4j.lm.merge.ModelMerge.Layout;
import org.soft4j.lm.merge.NumberFormat;
import org.soft4j.lm.open.AdapterBase;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = "Write a model with an adapter merged into its weights, for other tools.",
    footer = {
      "",
      "--format hf writes a folder that transformers loads, --format gguf the file model.gguf that"
          + " llama.cpp loads. The sum of weights and adapters is computed in fp32 and rounded once"
          + " to --dtype. A tokenizer that the other form cannot hold exactly is refused."
    })
final class MergeCommand implements Callable<Integer>, Resumable {
  @Spec private CommandSpec spec;
  @ParentCommand private ModelsCommand parent;
  @Mixin private LockOptions locks;

  @Option(
      names = "--adapter",
      required = true,
      paramLabel = "DIR",
      description = "Adapter folder in PEFT's layout; given again, the effects of all are added.")
  private List<Path> adapters;

  @Option(
      names = "--model",
      paramLabel = "M",
      description =
          "Base model: folder, GGUF file, fetched or embedded name (default: the one that the"
              + " adapter names).")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "New or empty folder to write to.")
  private Path out;

  @Option(
      names = "--format",
      defaultValue = "hf",
      paramLabel = "F",
      description = "hf or gguf (default: ${DEFAULT-VALUE}).")
  private Layout layout;

  @Option(
      names = "--dtype",
      paramLabel = "D",
      description =
          "f32, bf16, f16, or q8_0 in a GGUF file (default: the base's own, or f32 where that is"
              + " quantized).")
  private Optional<String> dtype = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Optional<NumberFormat> format = dtype.map(NumberFormat::parse);
    refuseEightBitFolder(format);
    return locks.folder(out, FolderKind.MODEL, () -> merge(format));
  }

  private void refuseEightBitFolder(Optional<NumberFormat> format) {
    if (layout == Layout.HF && format.filter(NumberFormat.Q8_0::equals).isPresent()) {
      throw new UserError(
          "A Hugging Face folder has no numbers of the format q8_0.",
          "Use --format gguf with it, or --dtype bf16, f16 or f32.");
    }
  }

  private int merge(Optional<NumberFormat> asked) throws IOException {
    refuseTaken();
    String base = model.orElseGet(() -> AdapterBase.of(adapters));
    try (ModelMerge merge = ModelMerge.open(LocalOpening.resolve(base), adapters)) {
      PrintWriter console = spec.commandLine().getOut();
      console.println("base     " + base);
      adapters.forEach(adapter -> console.println("adapter  " + adapter));
      console.flush();
      NumberFormat format = asked.orElseGet(merge::usual);
      tell(
          merge.write(out, layout, format, parent.root().progress(), parent.root().interrupt()),
          console);
    }
    return 0;
  }

  private void tell(ModelMerge.Written written, PrintWriter console) {
    console.printf(
        Locale.ROOT,
        "model    %s (%s, %,.1f MB)%n",
        written.model(),
        written.format().text(),
        written.bytes() / 1e6);
    if (written.loss() > 0) {
      console.printf(
          Locale.ROOT,
          "rounding %s changes the merged weights by %.3f %% (root mean square); --dtype f32 keeps"
              + " them as they are%n",
          written.format().text(),
          100 * written.loss());
    }
    written.notes().forEach(note -> console.println("note     " + note));
    console.println(
        "try it   "
            + new TypedCommand(List.of("chat", "--model", written.model().toString())).text());
    console.flush();
  }

  /** Nothing is written over, and nothing is mixed with files of another model. */
  private void refuseTaken() throws IOException {
    FolderKind.MODEL.refuseTaken(out);
    try (Stream<Path> files = Files.list(out)) {
      List<String> there =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .sorted()
              .limit(3)
              .toList();
      if (!there.isEmpty()) {
        throw new UserError(
            "%s is not empty: it holds %s.".formatted(out, String.join(", ", there)),
            "Choose another folder with --out.");
      }
    }
  }

  @Override
  public String kept() {
    return "nothing half-written is left in " + out;
  }
}
