package org.soft4j.datasets.micro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The words of a world and their ids: six special tokens, then every word in alphabetical order,
 * punctuation among them. Texts are words joined by single spaces.
 */
public final class MicroVocabulary {
  /** Fills batches. */
  public static final int PAD = 0;

  /** Begins every document; contexts write it out, the tokenizer adds nothing. */
  public static final int BEGIN = 1;

  /** Before a question. */
  public static final int QUESTION = 2;

  /** Before an answer. */
  public static final int ANSWER = 3;

  /** After an answer: the model's stop token. */
  public static final int END = 4;

  /** Stands for a word that is not in the vocabulary. */
  public static final int UNKNOWN = 5;

  /** Special tokens in the order of their ids. */
  public static final List<String> SPECIAL =
      List.of("<pad>", "<bos>", "<q>", "<a>", "<e>", "<unk>");

  private final List<String> words;
  private final Map<String, Integer> ids = new HashMap<>();

  /** The vocabulary of a world. */
  public MicroVocabulary(MicroWorld world) {
    TreeSet<String> sorted = world.size().words().all();
    sorted.addAll(world.entities());
    List<String> all = new ArrayList<>(SPECIAL);
    all.addAll(sorted);
    words = List.copyOf(all);
    for (int id = 0; id < words.size(); id++) {
      ids.put(words.get(id), id);
    }
  }

  /** Number of tokens. */
  public int size() {
    return words.size();
  }

  /** The tokens in the order of their ids. */
  public List<String> words() {
    return words;
  }

  /** Ids of a text of known words; adds nothing. */
  public int[] encode(String text) {
    String[] parts = text.trim().split("\\s+");
    int[] result = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      result[i] = ids.getOrDefault(parts[i], UNKNOWN);
    }
    return result;
  }

  /** The same vocabulary as a Hugging Face tokenizer.json: WordLevel over white space. */
  public String tokenizerJson() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < SPECIAL.size(); id++) {
      ObjectNode token = added.addObject().put("id", id).put("content", SPECIAL.get(id));
      token.put("single_word", false).put("lstrip", false).put("rstrip", false);
      token.put("normalized", false).put("special", true);
    }
    root.putNull("normalizer");
    root.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
    root.putNull("post_processor");
    root.putNull("decoder");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    ObjectNode vocab = model.putObject("vocab");
    for (int id = 0; id < words.size(); id++) {
      vocab.put(words.get(id), id);
    }
    model.put("unk_token", SPECIAL.get(UNKNOWN));
    return root.toPrettyString() + "\n";
  }

  /** What transformers wants to know besides; it gives the special tokens their names. */
  public static String tokenizerConfigJson() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("tokenizer_class", "PreTrainedTokenizerFast");
    root.put("bos_token", SPECIAL.get(BEGIN)).put("eos_token", SPECIAL.get(END));
    root.put("pad_token", SPECIAL.get(PAD)).put("unk_token", SPECIAL.get(UNKNOWN));
    root.put("clean_up_tokenization_spaces", false);
    return root.toPrettyString() + "\n";
  }
}
