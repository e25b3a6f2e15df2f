package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.files.ProtobufFields.Field;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Kind;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Prefix;

/**
 * Reads a SentencePiece model, mostly named tokenizer.model (sentencepiece_model.proto). BPE
 * without normalization is supported, which is what Llama 2, Mistral and TinyLlama use.
 */
public final class SentencePieceFile {
  private static final int BPE = 2;

  private final Path file;
  private final List<String> pieces = new ArrayList<>();
  private final List<Float> scores = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private long algorithm = 1; // the definition's default: unigram
  private boolean spacesAfterWords;
  private boolean dummyPrefix = true;
  private boolean removesSpaces = true;
  private boolean mapsLetters;

  private SentencePieceFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the vocabulary.
   *
   * @param prefix where the space goes, if the model says that there is one
   */
  public static SentencePieceVocabulary read(Path file, Prefix prefix) {
    return read(FileSlices.of(file), prefix);
  }

  public static SentencePieceVocabulary read(FileSlices slices, Prefix prefix) {
    SentencePieceFile model = new SentencePieceFile(slices.file());
    for (Field field : ProtobufFields.read(slices.file(), slices.map(0, slices.size()))) {
      switch (field.number()) {
        case 1 -> model.piece(field.bytes());
        case 2 -> model.training(field.bytes());
        case 3 -> model.normalization(field.bytes());
        default -> {} // self-tests and the reverse normalization
      }
    }
    model.refuseUnsupported();
    return model.vocabulary(model.dummyPrefix ? prefix : Prefix.NONE);
  }

  private void piece(ByteBuffer bytes) {
    String text = "";
    float score = 0;
    long kind = 1;
    for (Field field : ProtobufFields.read(file, bytes)) {
      switch (field.number()) {
        case 1 -> text = ProtobufFields.text(file, field.bytes());
        case 2 -> score = Float.intBitsToFloat((int) field.value());
        case 3 -> kind = field.value();
        default -> {} // extensions
      }
    }
    int id = pieces.size();
    pieces.add(text);
    scores.add(score);
    long said = kind;
    kinds.add(
        Kind.of(kind)
            .orElseThrow(() -> ModelErrors.damaged(file, "piece " + id + " has kind " + said)));
  }

  private void training(ByteBuffer bytes) {
    for (Field field : ProtobufFields.read(file, bytes)) {
      switch (field.number()) {
        case 3 -> algorithm = field.value();
        case 24 -> spacesAfterWords = field.value() != 0;
        default -> {} // how it was trained
      }
    }
  }

  private void normalization(ByteBuffer bytes) {
    for (Field field : ProtobufFields.read(file, bytes)) {
      switch (field.number()) {
        case 2 -> mapsLetters = field.bytes().hasRemaining();
        case 3 -> dummyPrefix = field.value() != 0;
        case 4 -> removesSpaces = field.value() != 0;
        default -> {} // the rule's name, and its source
      }
    }
  }

  private void refuseUnsupported() {
    refuse(pieces.isEmpty(), "it has no pieces");
    refuse(algorithm != BPE, "it is no BPE model but of type " + algorithm);
    refuse(mapsLetters || removesSpaces, "it changes the text before cutting it");
    refuse(spacesAfterWords, "it puts spaces after words");
  }

  private void refuse(boolean holds, String reason) {
    if (holds) {
      throw ModelErrors.unsupported(
          file,
          "this SentencePiece model cannot be used: " + reason,
          "Get the model's tokenizer.json, or make one with transformers"
              + " (AutoTokenizer.from_pretrained(folder).save_pretrained(folder)).");
    }
  }

  private SentencePieceVocabulary vocabulary(Prefix prefix) {
    float[] numbers = new float[scores.size()];
    for (int id = 0; id < numbers.length; id++) {
      numbers[id] = scores.get(id);
    }
    try {
      return new SentencePieceVocabulary(pieces, numbers, kinds, prefix);
    } catch (IllegalArgumentException e) {
      throw ModelErrors.damaged(file, e.getMessage());
    }
  }
}
