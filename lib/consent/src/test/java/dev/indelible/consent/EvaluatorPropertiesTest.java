package dev.indelible.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.consent.Provision.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What holds for any grants and any request. A failure names the seed that makes it again.
class EvaluatorPropertiesTest {
  private static final int ROUNDS = 20_000;

  private final Worlds worlds = new Worlds(System.nanoTime());

  @Test
  void theOrderOfTheGrantsIsOfNoConsequence() {
    for (int i = 0; i < ROUNDS; i++) {
      Inputs inputs = worlds.inputs();
      Inputs shuffled =
          new Inputs(inputs.atTime(), inputs.request(), worlds.shuffled(inputs.provisions()));
      assertEquals(document(inputs), document(shuffled), worlds::toString);
      assertEquals(inputs.text(), shuffled.text(), worlds::toString);
    }
  }

  @Test
  void addingADenyNeverWidens() {
    int narrowed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Inputs inputs = worlds.inputs();
      Inputs more = with(inputs, worlds.provision(Type.DENY));
      assertTrue(permits(inputs) || !permits(more), () -> worlds + ": " + more);
      narrowed += permits(inputs) && !permits(more) ? 1 : 0;
    }
    assertTrue(narrowed > 0, worlds::toString);
  }

  @Test
  void addingAPermitNeverNarrows() {
    int widened = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Inputs inputs = worlds.inputs();
      Inputs more = with(inputs, worlds.provision(Type.PERMIT));
      assertTrue(!permits(inputs) || permits(more), () -> worlds + ": " + more);
      widened += !permits(inputs) && permits(more) ? 1 : 0;
    }
    assertTrue(widened > 0, worlds::toString);
  }

  @Test
  void revokingCountsFromItsMomentOnAndNotBefore() {
    int ended = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Provision grant = unrevoked(worlds.provision(Type.PERMIT), Optional.empty());
      UtcMoment end = worlds.moment();
      Request request = worlds.request();
      for (int n = 0; n < Worlds.MOMENTS; n++) {
        UtcMoment at = Worlds.moment(n);
        boolean before = permits(new Inputs(at, request, List.of(grant)));
        boolean after =
            permits(new Inputs(at, request, List.of(unrevoked(grant, Optional.of(end)))));
        assertEquals(before && at.compareTo(end) < 0, after, () -> worlds + ": " + grant);
        ended += before && !after ? 1 : 0;
      }
    }
    assertTrue(ended > 0, worlds::toString);
  }

  @Test
  void withoutAGrantNothingIsPermitted() {
    for (int i = 0; i < ROUNDS; i++) {
      assertFalse(
          permits(new Inputs(worlds.moment(), worlds.request(), List.of())), worlds::toString);
    }
  }

  /// The definition once more, in other words.
  @Test
  void permitsExactlyWhatTheDefinitionSays() {
    int permitted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Inputs inputs = worlds.inputs();
      boolean allowed = false;
      boolean forbidden = false;
      for (Provision provision : inputs.provisions()) {
        allowed |= provision.type() == Type.PERMIT && concerns(provision, inputs);
        forbidden |= provision.type() == Type.DENY && concerns(provision, inputs);
      }
      boolean foreseen =
          inputs.request().role().equals("adjudicator")
              && inputs.request().action().equals("access")
              && !inputs.request().purpose().equals("TREAT");
      assertEquals(
          foreseen && allowed && !forbidden, permits(inputs), () -> worlds + ": " + inputs);
      permitted += permits(inputs) ? 1 : 0;
    }
    assertTrue(permitted > ROUNDS / 100, () -> worlds + ": the generator permits next to nothing");
  }

  private static boolean concerns(Provision provision, Inputs inputs) {
    String at = inputs.atTime().text();
    String made = inputs.request().recordTime().text();
    String end = provision.revokedAt().map(UtcMoment::text).orElse("9");
    return String.valueOf(provision.subject()).equals(String.valueOf(inputs.request().subject()))
        && provision.actor().equals(inputs.request().organisation())
        && provision.purpose().equals(inputs.request().purpose())
        && at.compareTo(provision.period().from().text()) >= 0
        && at.compareTo(provision.period().until().text()) < 0
        && at.compareTo(end) < 0
        && (provision.dataPeriod().isEmpty()
            || (made.compareTo(provision.dataPeriod().get().from().text()) >= 0
                && made.compareTo(provision.dataPeriod().get().until().text()) < 0));
  }

  @Test
  void everyDecisionReplays() {
    for (int i = 0; i < ROUNDS / 10; i++) {
      Inputs inputs = worlds.inputs();
      assertEquals(
          new Replay.Matches(),
          Replay.of(Worlds.RULE_FILE, bytes(inputs.text()), bytes(document(inputs))),
          worlds::toString);
    }
  }

  private static Provision unrevoked(Provision grant, Optional<UtcMoment> end) {
    return new Provision(
        grant.id(),
        grant.type(),
        grant.subject(),
        grant.actor(),
        grant.purpose(),
        grant.period(),
        grant.dataPeriod(),
        end);
  }

  private static Inputs with(Inputs inputs, Provision another) {
    List<Provision> more = new ArrayList<>(inputs.provisions());
    more.add(another);
    return new Inputs(inputs.atTime(), inputs.request(), more);
  }

  private static boolean permits(Inputs inputs) {
    return Evaluator.decide(inputs, Worlds.RULES).isPermit();
  }

  private static String document(Inputs inputs) {
    return DecisionDocument.of(inputs, Worlds.RULES).text();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
