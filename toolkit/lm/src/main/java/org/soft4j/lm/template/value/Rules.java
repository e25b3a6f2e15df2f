package org.soft4j.lm.template.value;

/** The two environments in which templates are written to be rendered. */
public enum Rules {
  /**
   * transformers' for chat templates: Jinja2's immutable sandbox, blocks trimmed, break and
   * continue, generation blocks, a tojson without HTML.
   */
  CHAT,
  /** lm-evaluation-harness's for task files: strict names, kept line ends, Jinja2's own filters. */
  TASK
}
