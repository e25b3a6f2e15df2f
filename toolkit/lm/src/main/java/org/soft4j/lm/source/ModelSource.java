package org.soft4j.lm.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/**
 * Everything a model folder or GGUF file holds, before any weight is read.
 *
 * @param path the folder or file, absolute
 * @param name for people
 * @param digest sha256 in hex over weights, configuration and tokenizer
 * @param architecture its shape
 * @param weights its tensors
 * @param tokenizer owned by this value
 * @param special what the tokenizer calls the beginning and the end of a text
 * @param stops why the architecture's stop tokens are some
 * @param chatTemplate Jinja source, where there is one
 * @param documents what stands beside the weights
 */
public record ModelSource(
    Path path,
    String name,
    String digest,
    Architecture architecture,
    WeightSource weights,
    Tokenizer tokenizer,
    SpecialTokens special,
    StopTokens stops,
    Optional<String> chatTemplate,
    ModelDocuments documents)
    implements AutoCloseable {
  /** The same files with another tokenizer, which owns the earlier one. */
  public ModelSource with(Tokenizer other) {
    return new ModelSource(
        path, name, digest, architecture, weights, other, special, stops, chatTemplate, documents);
  }

  /**
   * What an adapter's configuration calls this model: the folder, which PEFT's
   * AutoPeftModelForCausalLM loads. For a GGUF file that takes {@code gguf_file="NAME"} too, which
   * a configuration has no words for.
   */
  public String nameInAdapters() {
    return (Files.isDirectory(path) ? path : path.getParent()).toString();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
