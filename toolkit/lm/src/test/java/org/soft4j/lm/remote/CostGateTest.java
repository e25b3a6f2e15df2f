package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;

class CostGateTest {
  // Two million tokens in at 3, half a million out at 4: 6 + 2.
  private static final CostGate.Estimate ESTIMATE =
      new CostGate.Estimate(10, 5, 2_000_000, 500_000);
  private static final Optional<CostGate.Prices> PRICES = Optional.of(new CostGate.Prices(3, 4));
  private static final OptionalDouble NO_BOUND = OptionalDouble.empty();

  private static void refused(CostGate gate, String word) {
    UserError error = assertThrows(UserError.class, () -> gate.pass(ESTIMATE));
    assertTrue(error.toString().contains(word), error::toString);
  }

  @Test
  void theCostIsToldInWords() {
    assertEquals(
        "10 calls to make, 5 known; about 2,000,000 tokens in, at most 500,000 out;"
            + " cost at most 8.00",
        new CostGate(PRICES, NO_BOUND, true, Optional.empty()).words(ESTIMATE));
  }

  @Test
  void nobodyToAskAndNoAgreementMeansNoCall() {
    refused(new CostGate(PRICES, NO_BOUND, false, Optional.empty()), "--yes");
    refused(new CostGate(PRICES, NO_BOUND, false, Optional.of(question -> false)), "--yes");
  }

  @Test
  void agreementLetsItBegin() {
    for (CostGate gate :
        new CostGate[] {
          new CostGate(Optional.empty(), NO_BOUND, true, Optional.empty()),
          new CostGate(Optional.empty(), NO_BOUND, false, Optional.of(question -> true)),
          new CostGate(PRICES, OptionalDouble.of(8), false, Optional.empty())
        }) {
      assertDoesNotThrow(() -> gate.pass(ESTIMATE));
    }
  }

  @Test
  void aBoundHoldsEvenWithAgreement() {
    refused(new CostGate(PRICES, OptionalDouble.of(7.99), true, Optional.empty()), "8.00");
  }

  @Test
  void aBoundNeedsPrices() {
    UserError error =
        assertThrows(
            UserError.class,
            () -> new CostGate(Optional.empty(), OptionalDouble.of(1), true, Optional.empty()));
    assertTrue(error.remedy().contains("--price-in"), error::toString);
  }

  @Test
  void whatIsKnownNeedsNoAgreement() {
    CostGate gate = new CostGate(Optional.empty(), NO_BOUND, false, Optional.empty());
    assertDoesNotThrow(() -> gate.pass(new CostGate.Estimate(0, 15, 0, 0)));
  }
}
