package org.soft4j.lm;

/**
 * A text to learn from.
 *
 * @param prompt what comes before, seen and not learned
 * @param completion what is learned; the model's stop token is appended where it does not end with
 *     it and the settings say so
 */
public record TrainingExample(String prompt, String completion) {}
