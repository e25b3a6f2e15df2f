package org.soft4j.lm.merge;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.family.TensorRole;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.gguf.Gguf;
import org.soft4j.lm.gguf.GgufShape;
import org.soft4j.lm.gguf.GgufValues;
import org.soft4j.lm.gguf.GgufVocabulary;
import org.soft4j.lm.gguf.GgufWriter;
import org.soft4j.lm.source.FolderTokenizer;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * Writes a merged model as a GGUF file, in the layout of llama.cpp's converter. Vectors and learned
 * positions are fp32 whatever the matrices are; a matrix whose rows are no whole number of blocks
 * is F16 in a Q8_0 file.
 */
final class MergedGguf {
  /** The file's name. */
  static final String FILE = "model.gguf";

  private static final String TOKENIZER = "tokenizer.json";

  private final ModelMerge merge;
  private final ModelSource source;
  private final Architecture architecture;
  private final NumberFormat format;
  private final TensorRows rows;
  private final Progress.Step step;
  private final List<String> notes = new ArrayList<>();

  MergedGguf(ModelMerge merge, NumberFormat format, TensorRows rows, Progress.Step step) {
    this.merge = merge;
    this.source = merge.source();
    this.architecture = source.architecture();
    this.format = format;
    this.rows = rows;
    this.step = step;
  }

  List<String> write(Path folder) throws IOException {
    LinkedHashMap<String, GgufWriter.Plan> plans = new LinkedHashMap<>();
    Map<String, ModelTensor> tensors = new LinkedHashMap<>();
    Optional<List<Float>> factors = GgufShape.factors(architecture);
    factors.ifPresent(f -> plans.put(GgufShape.FACTORS, plan(NumberFormat.F32, f.size())));
    for (ModelTensor tensor : architecture.tensors()) {
      plans.put(tensor.ggufName(), plan(format(tensor), tensor.shape()));
      tensors.put(tensor.ggufName(), tensor);
    }
    GgufWriter.write(
        folder.resolve(FILE),
        values(),
        plans,
        (name, out) -> {
          if (name.equals(GgufShape.FACTORS)) {
            rows.write(name, vector(factors.orElseThrow()), NumberFormat.F32, out);
          } else {
            ModelTensor tensor = tensors.get(name);
            rows.write(tensor.name(), ordered(tensor), format(tensor), out);
            step.advance(tensor.elements());
          }
        });
    return List.of(FILE);
  }

  /** What a user should know of how llama.cpp reads the file. */
  List<String> notes() {
    int window = architecture.kind().window().size();
    if (window > 0 && architecture.family().ggufName().equals("llama")) {
      notes.add(
          "llama.cpp does not follow the sliding window of this model: from token %s on its texts differ"
              .formatted(window + 1));
    }
    return List.copyOf(notes);
  }

  private static GgufWriter.Plan plan(NumberFormat format, long... shape) {
    return new GgufWriter.Plan(format.ggufType(), shape);
  }

  private static MergedTensor vector(List<Float> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return MergedTensor.asStored(
        TensorValues.store(values, new long[] {values.length}, StoredTensor.Type.F32),
        Optional.empty());
  }

  private NumberFormat format(ModelTensor tensor) {
    if (tensor.shape().length == 1 || tensor.role() == TensorRole.POSITIONS) {
      return NumberFormat.F32;
    }
    return format.takes(Math.toIntExact(tensor.shape()[1])) ? format : NumberFormat.F16;
  }

  /**
   * A tensor in the order of GGUF: llama.cpp turns neighbours in a head together, Hugging Face
   * numbers that stand half a head apart.
   */
  private MergedTensor ordered(ModelTensor tensor) {
    MergedTensor merged = merge.tensor(tensor, false);
    if (!architecture.family().ggufTurnsNeighbours()) {
      return merged;
    }
    return switch (tensor.role()) {
      case QUERY, QUERY_BIAS, KEY, KEY_BIAS -> merged.ordered(neighbours());
      default -> merged;
    };
  }

  private IntUnaryOperator neighbours() {
    int width = architecture.headDimension();
    return row -> row / width * width + row % 2 * (width / 2) + row % width / 2;
  }

  private GgufValues values() {
    GgufValues values =
        Files.isDirectory(source.path())
            ? fromFolder()
            : GgufValues.of(Gguf.open(source.path()))
                .without(
                    key ->
                        key.equals("general.alignment")
                            || key.equals("general.file_type")
                            || key.equals("general.quantization_version")
                            || key.startsWith("quantize.")
                            || key.startsWith("split."));
    values.count("general.file_type", fileType());
    if (format == NumberFormat.Q8_0) {
      values.count("general.quantization_version", 2);
    }
    return values;
  }

  /** llama.cpp's number for files of this format (llama_ftype). */
  private int fileType() {
    return switch (format) {
      case F32 -> 0;
      case F16 -> 1;
      case Q8_0 -> 7;
      case BF16 -> 32;
    };
  }

  private GgufValues fromFolder() {
    GgufValues values = new GgufValues();
    values.text("general.architecture", architecture.family().ggufName());
    values.text("general.type", "model").text("general.name", source.name());
    GgufShape.write(architecture, values);
    vocabulary(values);
    special(values);
    source.chatTemplate().ifPresent(text -> values.text("tokenizer.chat_template", text));
    return values;
  }

  private void vocabulary(GgufValues values) {
    Optional<SentencePieceVocabulary> pieces = FolderTokenizer.vocabulary(source.path());
    if (pieces.isPresent()) {
      requireSame(pieces.get());
      GgufVocabulary.write(pieces.get(), architecture.vocabularySize(), values);
      if (pieces.get().prefix() == SentencePieceVocabulary.Prefix.TEXT) {
        notes.add(
            "llama.cpp puts a space before a text that follows a special token, and transformers"
                + " does not for this tokenizer (legacy: false)");
      }
      return;
    }
    Path file = source.path().resolve(TOKENIZER);
    JsonNode json = JsonFile.parse(ByteBuffer.wrap(source.documents().read().get(TOKENIZER)), file);
    GgufVocabulary.write(file, json, architecture.vocabularySize(), values);
  }

  /**
   * Both files of a folder must be one tokenizer: llama.cpp reads the one, transformers another.
   */
  private void requireSame(SentencePieceVocabulary pieces) {
    for (int id = 0; id < pieces.pieces().size(); id++) {
      if (source.tokenizer().id(pieces.pieces().get(id)) != id) {
        throw new UserError(
            "%s: tokenizer.model says that token %s is \"%s\", and tokenizer.json does not."
                .formatted(source.path(), id, pieces.pieces().get(id)),
            "Remove the one that does not belong to this model.");
      }
    }
  }

  private void special(GgufValues values) {
    Tokenizer tokenizer = source.tokenizer();
    Map<String, Integer> ids = new LinkedHashMap<>();
    source.special().begin().ifPresent(id -> ids.put("bos", id));
    source.special().end().ifPresent(id -> ids.put("eos", id));
    int[] plain = tokenizer.encodePlain("a");
    int[] whole = tokenizer.encode("a");
    int[] appended = tokenizer.appended();
    boolean begins = whole.length > plain.length;
    boolean ends = appended.length > 0;
    boolean fits =
        whole.length <= plain.length + 1
            && appended.length <= 1
            && (!begins || whole[0] == ids.getOrDefault("bos", -1))
            && (!ends || appended[0] == ids.getOrDefault("eos", -1));
    if (!fits) {
      throw new UserError(
          "%s: the tokenizer puts tokens around every text that GGUF has no words for."
              .formatted(source.path()),
          "Write a Hugging Face folder: --format hf.");
    }
    GgufVocabulary.special(ids, begins, ends, values);
  }
}
