package org.soft4j.lm.local;

import static org.soft4j.lm.local.TokenLayout.HOW_COLUMNS;
import static org.soft4j.lm.local.TokenLayout.HOW_TEMPERATURE;
import static org.soft4j.lm.local.TokenLayout.HOW_TOP_K;
import static org.soft4j.lm.local.TokenLayout.HOW_TOP_P;
import static org.soft4j.lm.local.TokenLayout.KIND_BOUNDED;
import static org.soft4j.lm.local.TokenLayout.KIND_FREE;
import static org.soft4j.lm.local.TokenLayout.KIND_GREEDY;
import static org.soft4j.lm.local.TokenLayout.STATE_POSITION;
import static org.soft4j.lm.local.TokenLayout.STATE_ROWS;
import static org.soft4j.lm.local.TokenLayout.STATE_TOKEN;
import static org.soft4j.lm.local.TokenLayout.STEP_COLUMNS;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Sink;
import org.soft4j.lm.source.ModelSource;

/**
 * Continues many contexts. Contexts are computed as a prefix tree in sorted order; each then takes
 * a slot, is continued together with the others, and leaves it to a waiting one when it ends.
 */
final class Generator {
  /** Fewer shared positions than these cost more as a product of their own than they save. */
  private static final int LEAST_COMMON = 32;

  private final Decoder decoder;
  private final Budget budget;
  private final ModelSource model;
  private final Set<Integer> stops;
  private final Sink<Generation> sink;
  private final Cancellation cancel;
  private final TreeWalk walk;
  private final Deque<Writing> waiting = new ArrayDeque<>();
  private final List<Writing> active = new ArrayList<>(); // by slot
  private final List<long[]> leaves = new ArrayList<>();
  private int slots;
  private int common;
  private Optional<TextStream> stream = Optional.empty();

  Generator(
      Decoder decoder,
      Budget budget,
      ModelSource model,
      Sink<Generation> sink,
      Cancellation cancel) {
    this.decoder = decoder;
    this.budget = budget;
    this.model = model;
    this.sink = sink;
    this.cancel = cancel;
    stops = new HashSet<>(model.architecture().stopTokens());
    walk = new TreeWalk(budget.tokens());
  }

  /** Tells the text of the one request while it is written. */
  Generator telling(TextStream to) {
    stream = Optional.of(to);
    return this;
  }

  void run(List<Writing> writings, long bytesPerPosition) {
    writings.stream()
        .filter(writing -> writing.left() == 0)
        .forEach(writing -> sink.accept(writing.index, writing.empty()));
    writings.stream()
        .filter(writing -> writing.left() > 0)
        .sorted(
            Comparator.<Writing, int[]>comparing(w -> w.context, Arrays::compare)
                .thenComparingInt(w -> w.index))
        .forEach(waiting::add);
    if (waiting.isEmpty()) {
      return;
    }
    openSlots(bytesPerPosition);
    while (!waiting.isEmpty() || !active.isEmpty()) {
      if (active.size() <= slots - Math.max(1, slots / 4)) {
        fill();
      }
      cancel.check();
      step();
    }
  }

  /** As many slots as are useful and fit; a slot does not hold what all sequences share. */
  private void openSlots(long bytesPerPosition) {
    int longest = waiting.stream().mapToInt(Writing::positions).max().getAsInt();
    common = common();
    long bytes = bytesPerPosition * Decoder.slotSize(longest - common);
    long fitting = Math.max(1, budget.cacheBytes() / bytes);
    slots = (int) Math.min(Math.min(budget.sequences(), waiting.size()), fitting);
    if (slots < 2) {
      common = 0;
    }
    decoder.openPath(waiting.stream().mapToInt(w -> w.context.length).max().getAsInt());
    decoder.openSlots(slots, longest - common, common);
  }

  /**
   * How many first positions all sequences share, where that many are worth a product of their own.
   * The contexts stand in sorted order: what the first and the last share, all share.
   */
  private int common() {
    if (!decoder.divides()) {
      return 0;
    }
    int[] last = waiting.getLast().prefix();
    int shared = Arrays.mismatch(waiting.getFirst().prefix(), last);
    int all = waiting.stream().mapToInt(w -> w.context.length - 1).min().getAsInt();
    int most = Math.min(shared < 0 ? last.length : shared, all);
    return most < LEAST_COMMON ? 0 : most;
  }

  /** Gives free slots to waiting contexts; several at a time, since few rows are slow rows. */
  private void fill() {
    if (waiting.isEmpty()) {
      return;
    }
    while (!waiting.isEmpty() && active.size() < slots) {
      Writing next = waiting.remove();
      descend(next.prefix());
      int[] leaf = walk.leaf();
      leaves.add(new long[] {active.size(), leaf[0], leaf[1]});
      active.add(next);
    }
    flush();
  }

  private void descend(int[] prefix) {
    for (int at = walk.share(prefix); at < prefix.length; at++) {
      if (walk.full()) {
        flush();
      }
      walk.push(prefix[at]);
    }
  }

  private void flush() {
    cancel.check();
    long[][] columns = TreeLayout.columns(leaves, TreeLayout.LEAF_ROWS);
    leaves.clear();
    decoder.fill(walk.take(), columns);
  }

  /** Decodes some tokens of every active sequence. */
  private void step() {
    int rows = active.size();
    int steps = stream.isPresent() ? 1 : budget.steps();
    int kind = KIND_GREEDY;
    long[][] state = new long[STATE_ROWS][rows];
    long[] left = new long[rows];
    double[] how = new double[HOW_COLUMNS * rows];
    double[] draws = new double[rows * steps];
    for (int row = 0; row < rows; row++) {
      Writing writing = active.get(row);
      state[STATE_TOKEN][row] = writing.lastToken();
      state[STATE_POSITION][row] = writing.position();
      left[row] = writing.left();
      Sampling sampling = writing.request.sampling();
      how[HOW_COLUMNS * row + HOW_TEMPERATURE] = sampling.temperature();
      how[HOW_COLUMNS * row + HOW_TOP_K] = sampling.topK();
      how[HOW_COLUMNS * row + HOW_TOP_P] = sampling.topP();
      kind = Math.max(kind, kind(sampling));
      writing.draw(draws, row * steps, steps);
    }
    int longest = (int) Arrays.stream(state[STATE_POSITION]).max().getAsLong();
    double[] measured = decoder.decode(state, left, how, draws, steps, longest, kind);
    take(measured, measured.length / (STEP_COLUMNS * rows));
  }

  private static int kind(Sampling sampling) {
    if (sampling.greedy()) {
      return KIND_GREEDY;
    }
    return sampling.topK() == 0 && sampling.topP() == 1 ? KIND_FREE : KIND_BOUNDED;
  }

  private void take(double[] measured, int steps) {
    for (int row = active.size() - 1; row >= 0; row--) {
      Writing writing = active.get(row);
      Optional<Generation> ended =
          writing.take(measured, row * steps * STEP_COLUMNS, steps, stops, model.tokenizer());
      if (ended.isPresent()) {
        leave(row);
        sink.accept(writing.index, ended.get());
      } else {
        stream.ifPresent(to -> to.sofar(writing.text()));
      }
    }
  }

  /** The last active sequence moves into the slot that became free. */
  private void leave(int row) {
    Writing last = active.remove(active.size() - 1);
    if (row < active.size()) {
      decoder.move(active.size(), row, last.position() - common);
      active.set(row, last);
    }
  }
}
