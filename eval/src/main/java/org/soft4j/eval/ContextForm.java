package org.soft4j.eval;

import java.util.List;
import org.soft4j.datasets.Demonstration;

/** Writes demonstrations and a prompt as the text a model sees. */
@FunctionalInterface
public interface ContextForm {
  /** The context; without demonstrations it is the zero-shot one. */
  String context(List<Demonstration> demonstrations, String prompt);
}
