package org.soft4j.soft;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import org.soft4j.core.NanAsNull;
import org.soft4j.lm.Generation.Finish;

/**
 * A response that a model wrote for a prompt: a line of labels.jsonl. There the response stands
 * under {@code completion} too, so that TRL's SFTTrainer reads the file as it is.
 *
 * @param promptId of the prompt
 * @param type of the prompt
 * @param prompt its text
 * @param demonstrations ids of those in its context, in order
 * @param response trimmed
 * @param tokens generated, the stop token included
 * @param finish why it ended
 * @param perplexity of the response under the model that wrote it, mean per token; NaN (null in the
 *     file) where nothing was generated, for want of room, or the model does not tell
 * @param entropy mean over its tokens, in nats; NaN as the perplexity
 * @param seed of its draws
 */
@JsonIgnoreProperties(value = "completion", allowGetters = true)
public record Label(
    String promptId,
    String type,
    String prompt,
    List<String> demonstrations,
    String response,
    int tokens,
    Finish finish,
    @JsonSerialize(using = NanAsNull.Writer.class) @JsonDeserialize(using = NanAsNull.Reader.class)
        double perplexity,
    @JsonSerialize(using = NanAsNull.Writer.class) @JsonDeserialize(using = NanAsNull.Reader.class)
        double entropy,
    long seed) {
  /** Copies the list. */
  public Label {
    demonstrations = List.copyOf(demonstrations);
  }

  /** The response, by the name that TRL knows. */
  @JsonProperty("completion")
  public String completion() {
    return response;
  }
}
