package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.TestPostgres;
import dev.indelible.local.testing.FakeLedgerResource;
import dev.indelible.local.testing.RealPostgres;
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

/// Receipts that say `included` are replaced by those that say `witnessed`, and by no others.
@QuarkusTest
@WithTestResource(RealPostgres.class)
@WithTestResource(FakeLedgerResource.class)
class RaiseReceiptsTest {
  @Inject Stand stand;
  @Inject RelayState state;

  @BeforeEach
  void reset() {
    stand.reset();
  }

  @Test
  void leavesAnEditedReceiptForTheAudit() {
    UUID id = stand.submit("chair");
    stand.await(id, AnchorStatus.INCLUDED);
    stand.betweenRaises("update receipt set block = block + 1");
    stand.ledger("witness/true");
    UUID behind = stand.submit("bed");
    stand.await(behind, AnchorStatus.WITNESSED);
    assertEquals(AnchorStatus.INCLUDED, stand.status(id));
    stand.betweenRaises("update receipt set block = block - 1 where statement_id = '" + id + "'");
    stand.await(id, AnchorStatus.WITNESSED);
    stand.assertMatches();
  }

  /// Rows come as long as the test lasts, and the relay never catches up with them.
  @Test
  void raisesWhileThereIsAlwaysMoreToSend() {
    stand.ledger("mode/one-by-one");
    UUID first = stand.submit("chair");
    stand.await(first, AnchorStatus.INCLUDED);
    for (int i = 0; i < 30; i++) {
      var ignored = stand.submit("before " + i);
    }
    stand.ledger("witness/true");
    stand.await(
        () -> {
          assertNotEquals(List.of(), stand.texts("select 1 from outbox"), "the relay rested");
          for (int i = 0; i < 8; i++) {
            var ignored = stand.submit("meanwhile " + i);
          }
          return stand.status(first) == AnchorStatus.WITNESSED;
        },
        "witnessed under load");
    stand.ledger("mode/ok");
    stand.await(() -> stand.texts("select 1 from outbox").isEmpty(), "all sent");
    stand.await(
        () -> stand.texts("select 1 from receipt where level = 'included'").isEmpty(),
        "all raised");
    stand.assertMatches();
  }

  /// Three blocks that the ledger has nothing to show for, at the front, and then a fourth in the
  /// middle. Edited receipts at the front are more than are looked at together.
  @Test
  void raisesWhatIsBehindAStuckBlock() {
    stand.ledger("mode/down");
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 330; i++) {
      ids.add(stand.submit("chair"));
    }
    stand.ledger("mode/ok");
    stand.await(ids.getLast(), AnchorStatus.INCLUDED);
    stand.betweenRaises("update receipt set block = block + 1 where leaf_index between 16 and 275");
    stand.ledger("stuck/0,1,2,4");
    long asked = stand.bulk();
    stand.ledger("witness/true");
    stand.await(ids.getLast(), AnchorStatus.WITNESSED);
    stand.await(ids.get(300), AnchorStatus.WITNESSED);
    stand.await(ids.get(4), AnchorStatus.WITNESSED);
    long calls = stand.bulk() - asked;
    assertTrue(calls < 60, calls + " calls for 58 receipts");
    assertEquals(
        List.of("0", "1", "2", "3", "8"),
        stand.texts(
            "select leaf_index from receipt where level = 'included' and leaf_index < 16"
                + " order by leaf_index limit 5"));
    assertEquals(
        List.of("260"),
        stand.texts("select count(*) from receipt where level = 'included' and leaf_index > 15"));
    stand.ledger("stuck/");
    stand.betweenRaises("update receipt set block = block - 1 where leaf_index between 16 and 275");
    stand.await(
        () -> stand.texts("select 1 from receipt where level = 'included'").isEmpty(),
        "all raised");
    stand.assertMatches();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"wrong-root", "wrong-path", "other-log", "unsigned", "false-witness", "nonsense"})
  void raisesNothingByWhatDoesNotHold(String fault) {
    UUID chair = stand.submit("chair");
    UUID table = stand.submit("table");
    stand.await(table, AnchorStatus.INCLUDED);
    List<String> before = stand.texts("select proof from receipt order by leaf_index");
    stand.ledger("mode/" + fault);
    stand.ledger("witness/true");
    stand.await(() -> state.alarms().containsKey(RelayState.Alarm.BAD_RAISE), "alarm");
    assertEquals(before, stand.texts("select proof from receipt order by leaf_index"));
    stand.ledger("mode/ok");
    stand.await(chair, AnchorStatus.WITNESSED);
    stand.await(table, AnchorStatus.WITNESSED);
    stand.await(() -> state.alarms().isEmpty(), "no alarm");
    stand.assertMatches();
  }

  /// What the ledger calls witnessed is so by the ledger's policy, if at all.
  @Test
  void believesItsOwnPolicyOnlyThatWitnessesSawIt() throws Exception {
    UUID id = stand.submit("chair");
    stand.await(id, AnchorStatus.INCLUDED);
    long asked = stand.bulk();
    stand.ledger("mode/unwitnessed");
    stand.await(() -> stand.bulk() > asked + 2, "answers");
    assertEquals(AnchorStatus.INCLUDED, stand.status(id));
    assertFalse(state.alarms().containsKey(RelayState.Alarm.BAD_RAISE));
  }

  @Test
  void raisesNothingWhileAnotherProcessDoes() throws Exception {
    UUID id = stand.submit("chair");
    stand.await(id, AnchorStatus.INCLUDED);
    try (Connection other = TestPostgres.connect("test")) {
      other.setAutoCommit(false);
      other.createStatement().execute("select pg_advisory_xact_lock(5291276998980231789)");
      stand.ledger("witness/true");
      UUID sent = stand.submit("bed");
      stand.await(sent, AnchorStatus.WITNESSED);
      assertEquals(AnchorStatus.INCLUDED, stand.status(id));
      other.rollback();
    }
    stand.await(id, AnchorStatus.WITNESSED);
    stand.assertMatches();
  }
}
