package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.lm.device.MemoryBudget;

class BudgetTest {
  private static final MemoryBudget MEMORY = new MemoryBudget(512, 32, 1000, 2000, 3000);

  private final List<Budget> tried = new ArrayList<>();
  private int givenBack;

  private int run(Budget budget, int failures, String message) {
    return budget.run(
        smaller -> {
          tried.add(smaller);
          if (tried.size() <= failures) {
            throw new EngineException(message);
          }
        },
        () -> givenBack++);
  }

  @Test
  void memoryThatDoesNotSufficeHalvesTheBatchUntilItDoes() {
    Budget budget = Budget.of(OpenSettings.AUTO.withBatches(64, 8), MEMORY, false);
    String message =
        "[enforce fail at alloc_cpu.cpp:115] . DefaultCPUAllocator: can't allocate memory";
    assertEquals(3, run(budget, 3, message));
    assertEquals(List.of(64, 32, 16, 8), tried.stream().map(Budget::tokens).toList());
    assertEquals(List.of(8, 4, 2, 1), tried.stream().map(Budget::sequences).toList());
    assertEquals(List.of(1000L, 500L, 250L, 125L), tried.stream().map(Budget::cacheBytes).toList());
    assertEquals(3, givenBack);
    assertEquals(0, run(budget, 3, message), "the next call starts with the whole");
  }

  @Test
  void atOneSequenceTheUserIsToldWhatWasAskedFor() {
    Budget budget = Budget.of(OpenSettings.AUTO, MEMORY, true);
    UserError error =
        assertThrows(
            UserError.class,
            () -> run(budget, 99, "CUDA out of memory. Tried to allocate 2.00 GiB.\nmore"));
    assertEquals(
        "Memory does not suffice for one sequence at a time:"
            + " CUDA out of memory. Tried to allocate 2.00 GiB.",
        error.getMessage());
    assertTrue(tried.get(tried.size() - 1).sequences() == 1);
    assertTrue(tried.size() < 12, "" + tried.size());
  }

  @Test
  void otherFaultsAreNotTriedAgain() {
    Budget budget = Budget.of(OpenSettings.AUTO, MEMORY, false);
    assertThrows(EngineException.class, () -> run(budget, 1, "index out of range in self"));
    assertEquals(1, tried.size());
  }

  @Test
  void settingsPrevailOverTheMachine() {
    Budget asked = Budget.of(OpenSettings.AUTO.withBatches(7, 0), MEMORY, false);
    assertEquals(new Budget(7, 32, 1000, 2000, 4), asked);
  }
}
