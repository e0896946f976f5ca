package dev.indelible.claims.adjudication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Money;
import dev.indelible.claims.adjudication.AdjudicationRules.Exclusion;
import dev.indelible.claims.adjudication.AdjudicationRules.Fee;
import dev.indelible.claims.adjudication.Decision.Pended;
import dev.indelible.claims.adjudication.Decision.Settled;
import dev.indelible.claims.adjudication.LineDecision.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// No minor unit appears or disappears, whatever the claim and the rules.
class AdjudicationTest {
  private static final String[] TYPES = {
    "institutional", "oral", "pharmacy", "professional", "vision"
  };

  @Test
  void everyMinorUnitIsAccountedFor() {
    long seed = Long.getLong("seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      ClaimSubmission claim = claim(random);
      AdjudicationRules rules = rules(random);
      boolean held = random.nextInt(10) == 0;
      try {
        check(claim, rules, held);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", claim " + i + ": " + claim + rules, e);
      }
    }
  }

  private static void check(ClaimSubmission claim, AdjudicationRules rules, boolean held) {
    Decision decision = new Adjudication(rules).decide(claim, held);
    assertEquals(decision, new Adjudication(rules).decide(claim, held));
    switch (decision) {
      case Pended pended -> assertTrue(!pended.reason().isEmpty());
      case Settled settled -> {
        assertTrue(!held);
        Amounts sum =
            settled.lines().stream().map(LineDecision::amounts).reduce(Amounts.NONE, Amounts::plus);
        assertEquals(sum.billed(), sum.paid() + sum.contractual() + sum.patient() + sum.denied());
        assertTrue(0 <= sum.paid() && sum.paid() <= sum.allowed() && sum.allowed() <= sum.billed());
        Long total = claim.total().minor();
        assertTrue(total == null || total == sum.billed());
        assertTrue(sum.billed() <= rules.pendAboveMinor());
      }
    }
  }

  @Test
  void refusesAmountsThatDoNotAddUp() {
    assertThrows(IllegalArgumentException.class, () -> new Amounts(100, 80, 60, 20, 19, 0));
    assertThrows(IllegalArgumentException.class, () -> new Amounts(100, 80, 90, 20, -10, 0));
    assertThrows(IllegalArgumentException.class, () -> new Amounts(100, 110, 100, 0, 0, 0));
    assertThrows(
        ArithmeticException.class, () -> new Amounts(0, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0));
  }

  @Test
  void roundsThePlansShareHalfUpOnce() {
    AdjudicationRules rules =
        new AdjudicationRules("r", 1000, 1000, Map.of("oral", 50), List.of(), List.of());
    assertEquals(1, rules.planShare(1, "oral"));
    assertEquals(2, rules.planShare(3, "oral"));
    assertEquals(0, rules.planShare(3, "vision"));
  }

  private static ClaimSubmission claim(SplittableRandom random) {
    List<Line> lines = new ArrayList<>();
    long sum = 0;
    int count = random.nextInt(6);
    for (int i = 1; i <= count; i++) {
      Long net = random.nextInt(8) == 0 ? null : random.nextLong(3_000_000_000_000L);
      sum += net == null ? random.nextLong(1000) : net;
      lines.add(line(i, random, net));
    }
    Long total = random.nextInt(5) == 0 ? null : sum + (random.nextInt(9) == 0 ? -1 : 0);
    return new ClaimSubmission(
        "C",
        random.nextInt(20) == 0 ? "preauthorization" : "claim",
        TYPES[random.nextInt(TYPES.length)],
        null,
        null,
        new Identifier(null, "M"),
        new Identifier(null, "P"),
        null,
        new Money(total, "EUR"),
        null,
        null,
        null,
        null,
        lines,
        List.of());
  }

  private static Line line(int sequence, SplittableRandom random, Long net) {
    String quantity =
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> "0";
          case 2 -> random.nextInt(100) + "." + random.nextInt(100);
          default -> Long.toString(random.nextLong(999_999_999_999L));
        };
    return new Line(
        sequence,
        null,
        null,
        new Code("hcpcs", "X" + random.nextInt(4)),
        List.of(),
        null,
        quantity,
        null,
        null,
        null,
        net,
        null,
        null,
        null,
        null);
  }

  private static AdjudicationRules rules(SplittableRandom random) {
    return new AdjudicationRules(
        "random",
        random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(1_000_000_000_000L),
        Long.MAX_VALUE,
        Map.of("oral", random.nextInt(101), "vision", random.nextInt(101), "pharmacy", 100),
        random.nextBoolean() ? List.of(new Exclusion("hcpcs", "X0")) : List.of(),
        List.of(
            new Fee("hcpcs", "X1", "EUR", random.nextLong(1_000_000_000L)),
            new Fee("hcpcs", "X2", "USD", 1)));
  }
}
