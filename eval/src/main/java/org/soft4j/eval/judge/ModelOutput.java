package org.soft4j.eval.judge;

/**
 * A line of AlpacaEval's model_outputs.json.
 *
 * @param instruction what was asked
 * @param output what was answered
 * @param generator the model's name
 * @param dataset where the instruction is from; may be empty
 */
public record ModelOutput(String instruction, String output, String generator, String dataset) {
  /** Length of the answer in characters (Unicode code points), as AlpacaEval counts. */
  public int length() {
    return output.codePointCount(0, output.length());
  }
}
