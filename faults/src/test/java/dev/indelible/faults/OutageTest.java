package dev.indelible.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.local.Node;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Load;
import dev.indelible.local.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What still works when something else does not: intake never fails closed, trust always does.
@Tag("asvs-5.0/16.5.2")
@TestInstance(Lifecycle.PER_CLASS)
class OutageTest {
  private static final Duration READY = Duration.ofMinutes(2);

  private Stack stack;
  private Api api;

  @BeforeAll
  void start() {
    stack = Stack.start(Shape.STANDARD);
    api = new Api(stack);
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void claimsWaitForTheLedgerAndKeepTheirOrder() {
    Node ledger = stack.ledger().node();
    ledger.kill();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(submit());
    }
    waiting.forEach(id -> assertEquals("PENDING", api.anchorStatus("alder", id)));
    ledger.start();
    ledger.awaitReady(READY);
    waiting.forEach(id -> api.awaitAnchor("alder", id, "WITNESSED"));
    List<Long> places =
        waiting.stream().map(id -> api.claim("alder", id).getLong("anchor.index")).toList();
    assertEquals(places.stream().sorted().distinct().toList(), places, "order of submission");
    api.requireSound();
  }

  @Test
  void withoutAQuorumNothingIsCalledWitnessed() {
    List<Node> down = stack.witnesses().subList(0, 2);
    down.forEach(Node::kill);
    String id = submit();
    api.awaitAnchor("alder", id, "INCLUDED");
    // A second claim goes all the way to its block; the first is still not witnessed by then.
    api.awaitAnchor("alder", submit(), "INCLUDED");
    assertEquals("INCLUDED", api.anchorStatus("alder", id));
    down.forEach(Node::start);
    down.forEach(node -> node.awaitReady(READY));
    api.awaitAnchor("alder", id, "WITNESSED");
    api.requireSound();
  }

  @Test
  void aValidTokenStillWorksWithoutKeycloak() {
    stack.tokens().ofUser("alder");
    submit(); // the services know the realm's keys from here on
    stack.keycloak().node().kill();
    String id = submit();
    api.awaitAnchor("alder", id, "WITNESSED");
    assertEquals(200, Api.anyone(stack.ledger()).get("/logs/claims/checkpoint").statusCode());
    assertEquals(200, Api.anyone(stack.ledger()).get("/verify").statusCode());
    Node restarted = stack.claims().getFirst().node();
    restarted.kill();
    restarted.start();
    restarted.awaitReady(READY);
    String token = stack.tokens().ofUser("alder");
    int withoutKeys = Api.anyone(api.claims()).auth().oauth2(token).get("/v1/claims").statusCode();
    assertEquals(503, withoutKeys, "a service that never saw the realm's keys lets nobody in");
    stack.keycloak().start();
    stack.keycloak().node().awaitReady(READY);
    api.requireSound();
  }

  /// Several blocks later, so that the new writer has had to seal, not only to serve.
  @Test
  void theOtherLedgerProcessTakesOverAndGivesWayAgain() {
    try (Stack pair = Stack.start(Shape.STANDARD.withLedgers(2).withClaims(2))) {
      Api both = new Api(pair);
      Load load = new Load.Claims(both);
      List<String> acknowledged = new ArrayList<>();
      for (int round = 0; round < 4; round++) {
        Node victim = pair.ledgers().get(round % 2).node();
        load.submit().ifPresent(acknowledged::add);
        victim.kill();
        load.submit().ifPresent(acknowledged::add);
        // The relay of the claims process whose ledger lives sends for both.
        Api.await(
            "everything anchored by the other",
            () -> acknowledged.stream().allMatch(load::isWitnessed));
        victim.start();
        victim.awaitReady(READY);
      }
      assertEquals(8, acknowledged.size());
      assertEquals(8, acknowledged.stream().map(load::index).distinct().count());
      both.requireSound();
    }
  }

  private String submit() {
    return api.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000))
        .then()
        .statusCode(202)
        .extract()
        .jsonPath()
        .getString("id");
  }
}
