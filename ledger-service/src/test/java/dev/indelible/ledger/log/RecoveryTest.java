package dev.indelible.ledger.log;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.ledger.head.FencedException;
import dev.indelible.ledger.head.FrozenException;
import dev.indelible.ledger.head.Head;
import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.Oracle;
import dev.indelible.ledger.testing.Sql;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.CompactRange;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is left when a writer dies at each of its steps, and what the next one makes of it.
@QuarkusTest
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class RecoveryTest {
  @Inject LogStore store;
  @Inject DataSource database;

  private Sql sql;

  @BeforeEach
  void connect() {
    sql = new Sql();
    assertTrue(Entries.append("claims", Entries.random()).statusCode() < 300);
  }

  @AfterEach
  void nothingDiffers() {
    Oracle.requireNoDifference();
  }

  private Head head() throws SQLException {
    return store.head("claims");
  }

  /// Somebody else held the office for a moment; this process has to take it anew.
  private void changeOffice() throws Exception {
    long epoch = head().epoch();
    sql.update("UPDATE lease SET holder = 'somebody', until = '-infinity' WHERE log = 'claims'");
    for (int i = 0; head().epoch() == epoch; i++) {
      assertTrue(i < 200, "no new writer");
      Thread.sleep(50);
    }
  }

  @Test
  void entriesCommittedButNotSealedAreSealedByTheNextWriter() throws Exception {
    Entry entry = Entries.random();
    long size = head().range().size();
    Head head = head();
    store.append("claims", head.epoch(), head.range(), List.of(Submission.of(entry, List.of())));
    get("/v1/logs/claims/entries/" + size + "/receipt").then().statusCode(404);
    get("/logs/claims/tile/entries/000.p/" + (size + 1)).then().statusCode(404);

    changeOffice();
    Response retry = Entries.append("claims", entry);
    assertEquals(200, retry.statusCode());
    assertEquals(size, retry.jsonPath().getLong("index"));
    get("/v1/logs/claims/entries/" + size + "/receipt").then().body("level", equalTo("included"));
  }

  @Test
  void aBlockThatWasLostIsSealedAgainOverTheSameLeaves() throws Exception {
    long number = sql.number("SELECT max(number) FROM block WHERE log = 'claims'");
    sql.update("DELETE FROM block WHERE log = 'claims' AND number = ?", number);
    sql.update("DELETE FROM token_seal WHERE log = 'claims' AND block = ?", number);
    changeOffice();
    // A writer seals what was left before it takes an entry.
    assertTrue(Entries.append("claims", Entries.random()).statusCode() < 300);
    get("/v1/logs/claims/blocks/" + number).then().statusCode(200);
  }

  /// In the middle of `COPY` PostgreSQL waits for the client's rows without end, and the head is
  /// locked.
  @Test
  void aWriterThatStandsStillBetweenTwoRowsGivesWay() throws Exception {
    Connection frozen = database.getConnection();
    frozen.setAutoCommit(false);
    try (Statement change = frozen.createStatement()) {
      assertEquals(1, change.executeUpdate("UPDATE log_head SET size = size WHERE log = 'claims'"));
    }
    CopyRows rows = new CopyRows(frozen, "entry (log, idx)");
    changeOffice();
    assertTrue(Entries.append("claims", Entries.random()).statusCode() < 300);
    assertThrows(
        SQLException.class,
        () -> {
          try (rows) {
            rows.end();
          }
        });
    assertThrows(SQLException.class, frozen::rollback);
  }

  @Test
  void aWriterOfAnEarlierEpochCommitsNothing() throws Exception {
    long stale = head().epoch();
    changeOffice();
    Head before = head();
    List<Submission> batch = List.of(Submission.of(Entries.random(), List.of()));
    assertThrows(FencedException.class, () -> store.append("claims", stale, before.range(), batch));
    assertEquals(before, head());
    assertEquals(
        before.range().size(), sql.number("SELECT count(*) FROM entry WHERE log = 'claims'"));
  }

  @Test
  void theHeadMovesOnlyFromTheTreeItWasReadWith() throws SQLException {
    Head now = head();
    List<Submission> batch = List.of(Submission.of(Entries.random(), List.of()));
    assertThrows(
        FencedException.class,
        () -> store.append("claims", now.epoch(), CompactRange.EMPTY, batch));
    assertEquals(now, head());
  }

  @Test
  void aFrozenLogRefusesEvenItsWriter() throws SQLException {
    sql.update("UPDATE log_head SET frozen = 'for this test' WHERE log = 'trials'");
    List<Submission> batch = List.of(Submission.of(Entries.random(), List.of()));
    Head head = store.head("trials");
    assertThrows(
        FrozenException.class, () -> store.append("trials", head.epoch(), head.range(), batch));
    sql.update("UPDATE log_head SET frozen = NULL");
  }

  @Test
  void aRetryCommitsABarrierOfItsOwn() throws SQLException {
    Entry entry = Entries.random();
    Entries.append("claims", entry);
    long before = sql.number("SELECT passed FROM barrier WHERE log = 'claims'");
    Entries.append("claims", entry);
    assertEquals(before + 1, sql.number("SELECT passed FROM barrier WHERE log = 'claims'"));
  }
}
