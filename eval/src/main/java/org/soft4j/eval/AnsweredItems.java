package org.soft4j.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the items whose requests are all answered, while answers come in any order. */
final class AnsweredItems {
  private final Map<TaskRequest, List<Integer>> waiting = new HashMap<>();
  private final int[] open;
  private int answered;

  AnsweredItems(List<ItemRun> interviews) {
    open = new int[interviews.size()];
    for (int i = 0; i < open.length; i++) {
      Set<TaskRequest> distinct = new HashSet<>(interviews.get(i).pending());
      open[i] = distinct.size();
      for (TaskRequest request : distinct) {
        waiting.computeIfAbsent(request, key -> new ArrayList<>()).add(i);
      }
    }
  }

  /** One more request is answered; returns how many items are by now. */
  int answer(TaskRequest request) {
    for (int item : waiting.getOrDefault(request, List.of())) {
      open[item]--;
      answered += open[item] == 0 ? 1 : 0;
    }
    waiting.remove(request);
    return answered;
  }
}
