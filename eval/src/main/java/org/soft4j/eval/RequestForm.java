package org.soft4j.eval;

import java.util.List;

/** How a benchmark words what it asks: the context of a question, and the choices that follow. */
@FunctionalInterface
public interface RequestForm extends MultipleChoiceItem.Requests {
  /** The context, with these demonstrations in it. */
  String context(Shots shots, String question);

  /** A choice as it continues that context. */
  default String choice(Shots shots, String text) {
    return shots.form().continuation(text);
  }

  @Override
  default List<TaskRequest> of(Shots shots, String question, List<String> choices) {
    String context = context(shots, question);
    return choices.stream()
        .<TaskRequest>map(text -> new TaskRequest.Likelihood(context, choice(shots, text)))
        .toList();
  }
}
