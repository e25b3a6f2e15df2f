package org.soft4j.speed;

/**
 * A context to be labelled: a line of labelling.jsonl.
 *
 * @param id of the prompt
 * @param context header, demonstrations and prompt, as the model sees them
 * @param seed of the draw of prompts and demonstrations
 */
record LabelInput(String id, String context, long seed) {}
