package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.fake.Things;
import dev.indelible.local.TestPostgres;
import dev.indelible.local.testing.FakeLedgerResource;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.statement.Disclosure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(RealPostgres.class)
@WithTestResource(FakeLedgerResource.class)
class RelayTest {
  @Inject Stand stand;
  @Inject Things things;
  @Inject RelayState state;
  @Inject @io.smallrye.health.api.Wellness AnchoringHealth health;

  @BeforeEach
  void reset() {
    stand.reset();
  }

  private boolean isWell() {
    return health.call().getStatus()
        == org.eclipse.microprofile.health.HealthCheckResponse.Status.UP;
  }

  @Test
  void anchorsThenRaisesToWitnessed() throws Exception {
    UUID id = stand.submit("chair");
    stand.await(id, AnchorStatus.INCLUDED);
    assertEquals("included", stand.receipt(id).level());
    stand.ledger("witness/true");
    stand.await(id, AnchorStatus.WITNESSED);
    assertEquals("witnessed", stand.receipt(id).level());
    TracedStatement live = things.statement(things.get(id));
    Disclosure disclosure = stand.disclosure(id, live, "/title"::equals);
    disclosure.verify();
    stand.assertMatches();
  }

  @Test
  void keepsRecordsWhileTheLedgerIsDownAndSendsThemInOrderOnce() {
    stand.ledger("mode/down");
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(stand.submit("chair " + i));
    }
    stand.await(() -> !stand.texts("select 1 from outbox where attempts > 1").isEmpty(), "retries");
    ids.forEach(id -> assertEquals(AnchorStatus.PENDING, stand.status(id)));
    stand.ledger("mode/ok");
    stand.await(ids.getLast(), AnchorStatus.INCLUDED);
    for (int i = 0; i < ids.size(); i++) {
      assertEquals((long) i, stand.state(ids.get(i)).index());
    }
    stand.assertMatches();
  }

  /// An outage leaves many rows behind. One that is no more as it was enqueued, one that the log
  /// has by another's hand, one that is like another: each gets what it would have got alone.
  @Test
  void sendsManyTogetherAndEachGetsItsOwnAnswer() throws Exception {
    stand.ledger("mode/down");
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      ids.add(stand.submit("chair " + i));
    }
    Things.Thing first = Things.thing("table");
    Things.Thing second = Things.thing("table");
    things.submit(first, true);
    things.submit(second, true);
    UUID edited = stand.submit("edited");
    UUID last = stand.submit("chair 7");
    stand.sql("update outbox set tokens = '[]' where statement_id = '" + edited + "'");
    long sent = stand.sent();
    stand.ledger("mode/ok");
    stand.await(last, AnchorStatus.INCLUDED);
    long calls = stand.sent() - sent;
    assertTrue(calls < 40, calls + " calls for 154 entries");
    for (int i = 0; i < ids.size(); i++) {
      assertEquals((long) i, stand.state(ids.get(i)).index());
    }
    assertEquals(150L, stand.state(first.id()).index());
    assertEquals(
        new DuplicateOf(150, first.record(), "exact"), stand.state(second.id()).duplicateOf());
    assertEquals(AnchorStatus.PENDING, stand.status(edited));
    assertEquals(
        List.of("match 7"),
        stand.texts("select message from alert where statement_id = '" + last + "'"));
  }

  /// A receipt that does not hold, in the middle of others that do.
  @ParameterizedTest
  @ValueSource(strings = {"wrong-root", "wrong-index", "nonsense"})
  void believesNoneOfManyBadReceiptsAndStops(String fault) {
    stand.ledger("mode/down");
    for (int i = 0; i < 20; i++) {
      var ignored = stand.submit("chair " + i);
    }
    stand.ledger("mode/" + fault + "-of-many");
    stand.await(
        () -> !stand.texts("select 1 from outbox where held = 'receipt'").isEmpty(), "a held row");
    int receipts = stand.texts("select 1 from receipt").size();
    assertEquals(20, receipts + stand.texts("select 1 from outbox").size());
    assertTrue(receipts < 19, receipts + " receipts: the relay went on");
  }

  /// Plans are made while the outbox is empty, and kept. Rows that PostgreSQL read one after the
  /// other would be tens of thousands: all that wait, for each one that is sent.
  @Test
  void findsTheOldestOfManyByTheIndex() {
    stand.ledger("mode/down");
    UUID last = stand.submit("chair 0");
    for (int i = 1; i < 200; i++) {
      last = stand.submit("chair " + i);
    }
    long scanned = outbox("seq_tup_read");
    long found = outbox("idx_scan");
    stand.ledger("mode/ok");
    stand.await(last, AnchorStatus.INCLUDED);
    stand.await(() -> outbox("idx_scan") >= found + 200, "statistics of the last second");
    long read = outbox("seq_tup_read") - scanned;
    assertTrue(read < 5_000, () -> read + " rows scanned");
    stand.assertMatches();
  }

  private long outbox(String statistic) {
    return Long.parseLong(
        stand
            .texts("select " + statistic + " from pg_stat_user_tables where relname = 'outbox'")
            .getFirst());
  }

  @Test
  void sendsAgainWhenTheAnswerWasLostAndIsThereOnce() {
    stand.ledger("mode/lost-answer");
    UUID first = stand.submit("chair");
    UUID second = stand.submit("table");
    stand.await(second, AnchorStatus.INCLUDED);
    assertEquals(0L, stand.state(first).index());
    assertEquals(1L, stand.state(second).index());
    stand.assertMatches();
  }

  @Test
  void linksARefusedDuplicateToTheFirst() {
    Things.Thing first = Things.thing("chair");
    Things.Thing second = Things.thing("chair");
    things.submit(first, true);
    stand.await(first.id(), AnchorStatus.INCLUDED);
    things.submit(second, true);
    stand.await(second.id(), AnchorStatus.REFUSED);
    assertEquals(
        new DuplicateOf(0, first.record(), "exact"), stand.state(second.id()).duplicateOf());
    assertEquals(
        List.of("refused 0"),
        stand.texts("select message from alert where statement_id = '" + second.id() + "'"));
    stand.assertMatches();
  }

  @Test
  void reportsAlike() {
    stand.submit("chair");
    UUID second = stand.submit("chair");
    stand.await(second, AnchorStatus.INCLUDED);
    assertEquals(List.of("match 0"), stand.texts("select message from alert"));
    stand.assertMatches();
  }

  @Test
  void leavesNothingBehindWhenTheRecordIsRolledBack() {
    assertThrows(IllegalStateException.class, () -> stand.submit("poison"));
    assertEquals(List.of(), stand.texts("select id from anchored_statement"));
    assertEquals(List.of(), stand.texts("select statement_id from outbox"));
    stand.assertMatches();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong-root", "wrong-index", "nonsense"})
  void neverBelievesABadReceiptAndStops(String fault) {
    UUID before = stand.submit("table");
    stand.await(before, AnchorStatus.INCLUDED);
    stand.ledger("mode/" + fault);
    UUID id = stand.submit("chair");
    UUID behind = stand.submit("bed");
    stand.await(
        () -> !stand.texts("select held from outbox where held = 'receipt'").isEmpty(), "held");
    stand.await(() -> !isWell(), "alarm");
    assertEquals(AnchorStatus.PENDING, stand.status(id));
    assertEquals(AnchorStatus.PENDING, stand.status(behind));
    stand.ledger("mode/ok");
    stand.sql("update outbox set held = null");
    stand.await(behind, AnchorStatus.INCLUDED);
    stand.await(this::isWell, "well again");
    stand.assertMatches();
  }

  @Test
  void holdsTheRowThatTheLedgerWillNeverTakeAndGoesOn() {
    stand.ledger("mode/unacceptable");
    UUID poisoned = stand.submit("chair");
    UUID behind = stand.submit("bed");
    stand.await(behind, AnchorStatus.INCLUDED);
    assertEquals(AnchorStatus.PENDING, stand.status(poisoned));
    stand.await(() -> !isWell(), "alarm");
    stand.assertMatches();
  }

  @Test
  void waitsLoudlyWhileTheLedgerTakesNothingFromUs() {
    stand.ledger("mode/forbidden");
    UUID id = stand.submit("chair");
    stand.await(() -> state.alarms().containsKey(RelayState.Alarm.FORBIDDEN), "alarm");
    stand.ledger("mode/ok");
    stand.await(id, AnchorStatus.INCLUDED);
    assertTrue(state.alarms().isEmpty(), state.alarms().toString());
    stand.assertMatches();
  }

  @Test
  void doesNotSendWhatWasEditedInTheOutbox() throws Exception {
    stand.ledger("mode/down");
    UUID id = stand.submit("chair");
    // Between two steps of the relay, which has read nothing then that it could still send.
    try (Connection other = TestPostgres.connect("test")) {
      other.setAutoCommit(false);
      other.createStatement().execute("select pg_advisory_xact_lock(5291276998980231788)");
      stand.sql("update outbox set tokens = '[]'");
      stand.ledger("mode/ok");
      other.rollback();
    }
    stand.await(
        () -> !stand.texts("select held from outbox where held = 'entry'").isEmpty(), "held");
    assertEquals(AnchorStatus.PENDING, stand.status(id));
  }

  @Test
  void sendsNothingWhileAnotherProcessHasTheLock() throws Exception {
    try (Connection other = TestPostgres.connect("test")) {
      other.setAutoCommit(false);
      other.createStatement().execute("select pg_advisory_xact_lock(5291276998980231788)");
      UUID id = stand.submit("chair");
      Thread.sleep(300);
      assertEquals(AnchorStatus.PENDING, stand.status(id));
      other.rollback();
      stand.await(id, AnchorStatus.INCLUDED);
    }
    stand.assertMatches();
  }
}
